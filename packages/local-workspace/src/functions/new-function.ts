import { ApiError, invalidParameter } from '../api/api-error.ts';
import { filledText, flag, ignored, integer, list, oneOf, shape, text } from '../api/reader.ts';
import { quoteSparkIdentifier, quoteSparkLiteral } from '../sql/quote.ts';

const typeName = oneOf(
  'ARRAY',
  'BINARY',
  'BOOLEAN',
  'BYTE',
  'CHAR',
  'DATE',
  'DECIMAL',
  'DOUBLE',
  'FLOAT',
  'GEOGRAPHY',
  'GEOMETRY',
  'INT',
  'INTERVAL',
  'LONG',
  'MAP',
  'NULL',
  'SHORT',
  'STRING',
  'STRUCT',
  'TABLE_TYPE',
  'TIMESTAMP',
  'TIMESTAMP_NTZ',
  'USER_DEFINED_TYPE',
  'VARIANT',
);
const parameter = shape({
  required: { name: filledText, type_text: filledText, type_name: typeName, position: integer({ min: 0 }) },
  optional: {
    type_json: text,
    comment: text,
    parameter_default: text,
    parameter_mode: oneOf('IN'),
    parameter_type: oneOf('PARAM', 'COLUMN'),
    type_precision: integer(),
    type_scale: integer(),
    type_interval_type: text,
  },
});

/** Body of a create (SDK `CreateFunction`), with the fields that say nothing here. */
export const newFunction = shape({
  required: {
    function_info: shape({
      required: {
        name: filledText,
        catalog_name: filledText,
        schema_name: filledText,
        input_params: shape({ optional: { parameters: list(parameter) } }),
        data_type: typeName,
        full_data_type: filledText,
        routine_body: oneOf('SQL', 'EXTERNAL'),
        routine_definition: filledText,
        parameter_style: oneOf('S'),
        is_deterministic: flag,
        is_null_call: flag,
        sql_data_access: oneOf('CONTAINS_SQL', 'READS_SQL_DATA', 'NO_SQL'),
        security_type: oneOf('DEFINER'),
        specific_name: text,
      },
      optional: {
        return_params: shape({ optional: { parameters: list(parameter) } }),
        comment: text,
        sql_path: text,
        properties: text,
        external_language: text,
        external_name: text,
        routine_dependencies: ignored,
      },
    }),
  },
});

type NewFunction = ReturnType<typeof newFunction>['function_info'];

/** The same function as a statement; 501 for what is not computed here. */
export function createStatement(wanted: NewFunction): string {
  const parameters = wanted.input_params.parameters ?? [];
  const isTable = wanted.data_type === 'TABLE_TYPE' || (wanted.return_params?.parameters ?? []).length > 0;
  if (wanted.routine_body === 'EXTERNAL' || isTable) {
    throw new ApiError(501, 'NOT_IMPLEMENTED', 'The embedded workspace has SQL functions with a scalar result only.');
  }
  const declared = parameters.map(({ name, type_text: type }) => `${quoteSparkIdentifier(name)} ${typeOf(type)}`);
  const comment = wanted.comment === undefined ? '' : ` COMMENT ${quoteSparkLiteral(wanted.comment)}`;
  const name = [wanted.catalog_name, wanted.schema_name, wanted.name].map(quoteSparkIdentifier).join('.');
  return `CREATE FUNCTION ${name}(${declared.join(', ')}) RETURNS ${typeOf(wanted.full_data_type)}${comment} RETURN ${wanted.routine_definition}`;
}

/** Types are put into a statement, so that only what a type can look like is let through. */
function typeOf(text: string): string {
  if (/^[a-z_]\w*( *(\([\d, ]+\)|<[\w<>:, ()]+>))?$/i.test(text)) return text;
  throw invalidParameter(`'${text.slice(0, 80)}' is not a type`);
}
