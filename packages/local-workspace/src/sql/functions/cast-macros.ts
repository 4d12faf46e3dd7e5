import { raise } from './macro.ts';
import type { Macros } from './macro.ts';

/**
 * ANSI casts to whole numbers: fractions are cut off, text must be a whole number, timestamps are seconds. DuckDB rounds,
 * and it rounds text as well. The type of the value is known when the statement is bound, so that one branch is left.
 */
const wholeTypes = { tinyint: 'TINYINT', smallint: 'SMALLINT', int: 'INTEGER', bigint: 'BIGINT' } as const;

const isWhole = String.raw`regexp_full_match(trim(CAST(x AS VARCHAR)), '[+-]?[0-9]+')`;

function castTo(name: string, type: string): readonly (readonly [string, readonly string[]])[] {
  const invalid = raise(
    'CAST_INVALID_INPUT 22018',
    `'The value ''' || CAST(x AS VARCHAR) || ''' of the type "STRING" cannot be cast to "${name.toUpperCase()}" because it is malformed. Correct the value as per the syntax, or change its target type. Use \`try_cast\` to tolerate malformed input and return NULL instead.'`,
  );
  const branches = (cast: string, malformed: string): string =>
    `CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN ${cast}(trunc(TRY_CAST(x AS DOUBLE)) AS ${type})
      WHEN typeof(x) LIKE 'DECIMAL%' THEN ${cast}(trunc(TRY_CAST(x AS DECIMAL(38, 16))) AS ${type})
      WHEN typeof(x) = 'VARCHAR' THEN CASE WHEN ${isWhole} THEN TRY_CAST(x AS ${type}) END
      WHEN typeof(x) = 'TIMESTAMP' THEN ${cast}(floor(epoch(TRY_CAST(x AS TIMESTAMP))) AS ${type})
      ELSE ${cast}(x AS ${type}) END${malformed}`;
  return [
    [
      `cast_${name}`,
      [
        `(x) AS CASE WHEN typeof(x) = 'VARCHAR' AND x IS NOT NULL AND (NOT ${isWhole} OR TRY_CAST(CAST(x AS VARCHAR) AS ${type}) IS NULL) THEN ${invalid} ELSE ${branches('CAST', '')} END`,
      ],
    ],
    [`try_cast_${name}`, [`(x) AS ${branches('TRY_CAST', '')}`]],
  ];
}

export const castMacros: Macros = Object.fromEntries(
  Object.entries(wholeTypes).flatMap(([name, type]) => castTo(name, type)),
);

/** DuckDB type, as the translator writes it, to the macro that casts to it. */
export const wholeCasts: Readonly<Record<string, string>> = {
  TINYINT: 'cast_tinyint',
  SMALLINT: 'cast_smallint',
  INT: 'cast_int',
  INTEGER: 'cast_int',
  BIGINT: 'cast_bigint',
};
