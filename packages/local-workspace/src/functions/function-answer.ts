import type { Answer } from '../api/route.ts';
import type { FunctionObject } from '../unity/objects.ts';
import { parseSparkType, structFieldJson } from '../unity/spark-type.ts';
import { functionFullName } from './functions.ts';

/** FunctionInfo of a SQL function with a scalar result. */
export function functionAnswer(
  found: FunctionObject,
  { metastoreId, visibility }: { readonly metastoreId: string; readonly visibility: 'full' | 'browse' },
): Answer {
  return {
    ...(visibility === 'browse' ? { browse_only: true } : {}),
    name: found.name,
    catalog_name: found.catalog,
    schema_name: found.schema,
    full_name: functionFullName(found),
    function_id: found.functionId,
    metastore_id: metastoreId,
    specific_name: found.name,
    data_type: parseSparkType(found.returnType).name,
    full_data_type: found.returnType.toUpperCase(),
    ...(found.parameters.length === 0 ? {} : { input_params: { parameters: found.parameters.map(parameterAnswer) } }),
    routine_body: 'SQL',
    routine_definition: found.definition,
    parameter_style: 'S',
    security_type: 'DEFINER',
    sql_data_access: 'CONTAINS_SQL',
    is_deterministic: true,
    is_null_call: false,
    comment: found.comment,
    owner: found.owner,
    created_at: found.createdAt,
    created_by: found.owner,
    updated_at: found.updatedAt,
    updated_by: found.owner,
  };
}

function parameterAnswer({ name, typeText }: FunctionObject['parameters'][number], position: number): Answer {
  return {
    name,
    type_text: typeText,
    type_name: parseSparkType(typeText).name,
    type_json: structFieldJson({ name, typeText, nullable: true }),
    position,
    parameter_mode: 'IN',
    parameter_type: 'PARAM',
  };
}
