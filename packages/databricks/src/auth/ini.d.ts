declare module 'ini' {
  /** Sections as objects; a dot in a section name nests it. */
  export function parse(text: string): Readonly<Record<string, unknown>>;
}
