/**
 * The first paragraph of the text of anything thrown; DuckDB adds the statement and a marker below it. Asks for the field
 * and not for the class: native modules throw errors of another realm.
 */
export function faultMessage(fault: unknown): string {
  const message = typeof fault === 'object' && fault !== null && 'message' in fault ? fault.message : fault;
  return String(message).split('\n\n')[0] ?? '';
}
