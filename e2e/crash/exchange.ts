/** What the embedded workspace tells about a request, at each of its phases. */
export interface Exchange {
  readonly sequence: number;
  readonly method: string;
  readonly path: string;
  readonly phase: 'received' | 'handled' | 'answered' | 'held';
}
