import type { FunctionObject } from '../../unity/objects.ts';
import { parseSparkType } from '../../unity/spark-type.ts';
import { audit, texts } from './information-view.ts';
import type { InformationSource, InformationView } from './information-view.ts';

/** Functions and their parameters; the text of a function is for its owner. */
export const routineViews: Readonly<Record<string, InformationView>> = {
  routines: {
    columns: {
      ...texts('specific_catalog', 'specific_schema', 'specific_name'),
      ...texts('routine_catalog', 'routine_schema', 'routine_name', 'routine_owner', 'routine_type'),
      ...texts('data_type', 'full_data_type', 'routine_body', 'routine_definition', 'external_language'),
      ...texts('is_deterministic', 'sql_data_access', 'security_type', 'comment'),
      ...audit,
    },
    catalogColumn: 'routine_catalog',
    rows: (source) =>
      functions(source).map((found) => [
        found.catalog,
        found.schema,
        found.name,
        found.catalog,
        found.schema,
        found.name,
        found.owner,
        'FUNCTION',
        parseSparkType(found.returnType).name,
        found.returnType,
        'SQL',
        source.access.owns(source.caller, { type: 'function', name: fullName(found) }) ? found.definition : null,
        'SQL',
        'YES',
        'CONTAINS_SQL',
        'DEFINER',
        found.comment ?? null,
        found.createdAt,
        found.owner,
        found.updatedAt,
        found.owner,
      ]),
  },
  parameters: {
    columns: {
      ...texts('specific_catalog', 'specific_schema', 'specific_name'),
      ordinal_position: 'INTEGER',
      ...texts('parameter_mode', 'is_result', 'parameter_name', 'data_type', 'full_data_type'),
    },
    catalogColumn: 'specific_catalog',
    rows: (source) =>
      functions(source).flatMap(({ catalog, schema, name, parameters }) =>
        parameters.map((parameter, position) => [
          catalog,
          schema,
          name,
          position,
          'IN',
          'NO',
          parameter.name,
          parseSparkType(parameter.typeText).name,
          parameter.typeText,
        ]),
      ),
  },
};

function functions({ storage, access, caller }: InformationSource): readonly FunctionObject[] {
  return (storage.list('function') as unknown as readonly FunctionObject[]).filter((found) =>
    access.sees(caller, { type: 'function', name: fullName(found) }),
  );
}

function fullName({ catalog, schema, name }: FunctionObject): string {
  return `${catalog}.${schema}.${name}`;
}
