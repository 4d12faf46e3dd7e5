import { Flags } from '@oclif/core';

/** How a command writes what it found (C23). `table` is another name of `text`. */
export type Format = 'text' | 'json' | 'sarif' | 'github' | 'mermaid' | 'dot';

const ordinary = ['text', 'table', 'json'] as const;

export const formatFlag = Flags.option({
  description: 'how to write to stdout; --json is the same as --format json',
  options: ordinary,
  helpGroup: 'GLOBAL',
  helpValue: 'text|json',
});

/** Of commands that find problems in files. */
export const findingsFormatFlag = Flags.option({
  description: 'how to write to stdout: text, json, sarif (SARIF 2.1.0), github (annotations in a workflow)',
  options: [...ordinary, 'sarif', 'github'] as const,
  helpValue: 'text|json|sarif|github',
});

/** Of the command that draws. */
export const graphFormatFlag = Flags.option({
  description: 'how to write to stdout: text, json, mermaid (for Markdown), dot (for Graphviz)',
  options: [...ordinary, 'mermaid', 'dot'] as const,
  helpValue: 'text|json|mermaid|dot',
});

const formats: Readonly<Record<string, Format>> = {
  text: 'text',
  table: 'text',
  json: 'json',
  sarif: 'sarif',
  github: 'github',
  mermaid: 'mermaid',
  dot: 'dot',
};

export interface AskedFormats {
  /** Undefined if none is named. Of several JSON wins, so that a machine gets the complaint in its language. */
  readonly format: Format | undefined;
  /** All that are named, each once; more than one is a fault of usage. */
  readonly named: readonly Format[];
}

/** What a command line asks for, also where the rest of it cannot be read. Names that do not exist count for nothing. */
export function formatsIn(argv: readonly string[]): AskedFormats {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const named = words.flatMap((word, index): readonly Format[] => {
    if (word === '--json') return ['json'];
    const name = word === '--format' ? words[index + 1] : /^--format=(?<name>.*)$/su.exec(word)?.groups?.['name'];
    const format = name !== undefined && Object.hasOwn(formats, name) ? formats[name] : undefined;
    return format === undefined ? [] : [format];
  });
  const once = [...new Set(named)];
  return { format: once.includes('json') ? 'json' : once[0], named: once };
}
