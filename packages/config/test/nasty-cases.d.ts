/** Files that nobody would write, each made about as long as it is told, with the first problem that they have at their full size. */
export const nastyFiles: readonly (readonly [name: string, make: (size: number) => string, first: string])[];
