export { desire, tablesToRead } from './desire.ts';
export type { DesireRequest } from './desire.ts';
