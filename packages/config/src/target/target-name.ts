import { startOfFile } from '../source.ts';
import type { Finding } from '../finding.ts';
import { entriesAt, spotAt, textAt, type Located } from '../located.ts';
import { didYouMean, listWords, shorten } from '../words.ts';

export const targetNamePattern = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** Built in: the embedded workspace, without being declared. */
export const localTarget = 'local';
const fallbackTarget = 'default';

export interface TargetChoice {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** `--target`, then `DPO_TARGET`, then `default_target`, then the only one declared, then `default`. */
export function chooseTarget(
  root: Located,
  asked: { readonly target?: string | undefined; readonly variable?: string | undefined },
): TargetChoice {
  const declared = [...entriesAt(root, 'targets').keys()];
  const inFile = textAt(root, 'default_target');
  const only = declared.length === 1 ? declared[0] : undefined;
  const name = filled(asked.target) ?? filled(asked.variable) ?? inFile ?? only ?? fallbackTarget;
  if (declared.includes(name) || name === localTarget) return { name, findings: [] };
  if (declared.length === 0 && name === fallbackTarget) return { name, findings: [] };
  const isAsked = filled(asked.target) !== undefined || filled(asked.variable) !== undefined;
  return {
    name,
    findings: [unknownTarget(root, { name, declared, fromFile: !isAsked && inFile !== undefined, isAsked })],
  };
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

interface Unknown {
  readonly name: string;
  readonly declared: readonly string[];
  readonly fromFile: boolean;
  readonly isAsked: boolean;
}

function unknownTarget(root: Located, { name, declared, fromFile, isAsked }: Unknown): Finding {
  const names = listWords(
    declared.map((target) => `'${shorten(target)}'`),
    'and',
  );
  const path = fromFile ? ['default_target'] : declared.length > 0 ? ['targets'] : [];
  const spot = spotAt(root, path);
  const range = fromFile ? spot.node.range : path.length > 0 ? spot.key : startOfFile;
  const message =
    fromFile || isAsked
      ? `target '${shorten(name)}' is not declared${declared.length === 0 ? '' : `; declared: ${names}`}`
      : `none of the targets ${names} is chosen`;
  const choose = isAsked || fromFile ? "declare it under 'targets'" : "use --target, or set 'default_target'";
  const hint = didYouMean(name, declared) ?? choose;
  return { code: 'CONFIG.UNKNOWN_TARGET', severity: 'error', message, hint, range, path };
}
