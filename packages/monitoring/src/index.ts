export { displayName } from './development.ts';
export type { Development } from './development.ts';
export { desire, tablesToRead } from './desire.ts';
export type { DesireRequest } from './desire.ts';
export { functionsToRead } from './functions-to-read.ts';
export { nameResources, tablesToName } from './name-resources.ts';
export type { NameRequest } from './name-resources.ts';
export { ownerFolder } from './owner-folder.ts';
export { outputCatalog, searchedCatalogs, searchOf } from './table-search.ts';
