/** Words of SQL that are no columns; types and units among them. */
const words: ReadonlySet<string> = new Set(
  `and or not in is null like rlike ilike regexp between true false case when then else end cast try_cast as div distinct
   escape any some all exists date timestamp timestamp_ntz interval int integer bigint smallint tinyint double float decimal
   numeric string varchar char boolean binary year years quarter month months week weeks day days dayofweek dow hour hours
   minute minutes second seconds millisecond microsecond current_date current_timestamp current_user from for over partition
   by order asc desc rows range unbounded preceding following current row leading trailing both array map struct collate`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

const token =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`((?:[^`]|``)+)`|--[^\n]*|\/\*[\s\S]*?\*\/|\d[\w.]*|([A-Za-z_]\w*)|->|\S/gu;

/**
 * The columns that an expression names, as far as reading it word by word tells: names before a bracket are functions, of
 * `a.b` only `a` counts, and parameters of a lambda are none. What is in back-ticks is surely a name.
 */
export function columnsInExpression(expression: string): readonly string[] {
  const tokens = [...expression.matchAll(token)].map(([text, quoted, word]) => ({ text, quoted, word }));
  const parameters = new Set(
    tokens.flatMap(({ word }, index) =>
      word !== undefined && tokens[index + 1]?.text === '->' ? [word.toLowerCase()] : [],
    ),
  );
  const columns = tokens.flatMap(({ quoted, word }, index) => {
    if (tokens[index - 1]?.text === '.') return [];
    if (quoted !== undefined) return [quoted.replaceAll('``', '`')];
    if (word === undefined || tokens[index + 1]?.text === '(') return [];
    return words.has(word.toLowerCase()) || parameters.has(word.toLowerCase()) ? [] : [word];
  });
  return [...new Set(columns)];
}
