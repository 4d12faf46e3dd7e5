import type { Finding, Path } from '../finding.ts';
import { listOf, mapOf, scalarOf, type Entry, type Located } from '../located.ts';
import { schemaAt } from '../schema/schema-at.ts';
import { typesOf } from '../schema/schema-node.ts';
import { shorten } from '../words.ts';
import type { Reference, Scalar } from './reference.ts';
import { hasReferences, partsOf, type TextPart } from './text-parts.ts';
import { resolveText, unknownVariable, type Variables } from './variables.ts';

export interface InterpolateRequest {
  readonly root: Located;
  readonly target: string;
  readonly variables: Variables;
  /** What the environment lacks is a warning: nothing is going to be done with the values. */
  readonly offline: boolean;
}

export interface Interpolated {
  readonly root: Located;
  readonly findings: readonly Finding[];
  /** Values from the environment, by the node that holds them now. */
  readonly references: ReadonlyMap<Located, Omit<Reference, 'path'>>;
}

/**
 * Puts values in the place of `${var.name}` and `${env:NAME}`: in texts, never in keys, for the chosen target. What stands for a
 * whole value becomes a number or a boolean where the schema wants one.
 */
export function interpolate(request: InterpolateRequest): Interpolated {
  const walk = new Walk(request);
  return { root: walk.map(request.root, []), findings: walk.findings, references: walk.references };
}

class Walk {
  readonly findings: Finding[] = [];
  readonly references = new Map<Located, Omit<Reference, 'path'>>();
  readonly #request: InterpolateRequest;

  constructor(request: InterpolateRequest) {
    this.#request = request;
  }

  map(node: Located, path: Path): Located {
    const entries = new Map<string, Entry>();
    let changed = false;
    for (const [name, entry] of node.entries ?? []) {
      const inner = [...path, name];
      this.#checkKey(name, entry, inner);
      const value = this.#isLeftAlone(inner) ? entry.node : this.#value(entry.node, inner);
      changed ||= value !== entry.node;
      entries.set(name, value === entry.node ? entry : { key: entry.key, node: value });
    }
    return changed ? mapOf(entries, node.range) : node;
  }

  /** Variables and other targets have values of their own; the schema knows the references in them. */
  #isLeftAlone(path: Path): boolean {
    const [top, second, third] = path;
    if (top === 'variables' || top === 'include') return true;
    if (top !== 'targets' || second === undefined) return false;
    return second !== this.#request.target || third === 'variables';
  }

  #value(node: Located, path: Path): Located {
    if (node.entries !== undefined) return this.map(node, path);
    if (node.items !== undefined) {
      const items = node.items.map((item, index) => this.#value(item, [...path, index]));
      return items.some((item, index) => item !== node.items?.[index]) ? listOf(items, node.range) : node;
    }
    return typeof node.value === 'string' && hasReferences(node.value) ? this.#text(node.value, node, path) : node;
  }

  #text(text: string, node: Located, path: Path): Located {
    const { variables } = this.#request;
    const resolved = resolveText(text, variables);
    if (resolved === undefined) {
      for (const part of partsOf(text)) this.#reportUnresolved(part, { range: node.range, path });
      return node;
    }
    const value = typed(resolved.value, path);
    const located = scalarOf(value, node.range);
    const { text: written, names } = resolved;
    if (names.length > 0) this.references.set(located, { text: written, value, names });
    return located;
  }

  #reportUnresolved(part: TextPart, at: Pick<Finding, 'range' | 'path'>): void {
    const { variables, offline } = this.#request;
    if (part.kind === 'text') return;
    if (part.kind === 'fault') {
      const message = `'${shorten(part.written)}' is no reference`;
      const hint = 'write ${var.name} or ${env:NAME}; $${ stands for ${ itself';
      this.findings.push({ ...at, code: 'CONFIG.REFERENCE', severity: 'error', message, hint });
      return;
    }
    if (part.kind === 'env') {
      if (variables.environment(part.name).status === 'set') return;
      const message = `the environment variable ${shorten(part.name)} is not set`;
      const severity = offline ? 'warning' : 'error';
      this.findings.push({ ...at, code: 'CONFIG.UNSET', severity, message, hint: 'an empty one counts as not set' });
      return;
    }
    const { status } = variables.variable(part.name);
    if (status === 'unknown') this.findings.push(unknownVariable(part.name, variables.names, at));
    if (status === 'unset') {
      const message = `variable '${shorten(part.name)}' has no value`;
      const hint = `give it one: --var ${part.name}=VALUE, DPO_VAR_${part.name}, in the target, or a default`;
      this.findings.push({ ...at, code: 'CONFIG.UNSET', severity: offline ? 'warning' : 'error', message, hint });
    }
  }

  #checkKey(name: string, { key }: Entry, path: Path): void {
    if (!hasReferences(name)) return;
    const message = `the key '${shorten(name)}' holds a reference`;
    const hint = 'references stand in values only';
    this.findings.push({ code: 'CONFIG.REFERENCE', severity: 'error', message, hint, range: key, path });
  }
}

/** A value in the type that the schema wants at its place, as far as it can be read so. */
function typed(value: Scalar, path: Path): Scalar {
  const types = typesOf(schemaAt(path) ?? {});
  if (typeof value !== 'string') {
    const own = typeof value;
    const fits = types.length === 0 || types.includes(own) || (own === 'number' && types.includes('integer'));
    return fits ? value : String(value);
  }
  if (types.length === 0 || types.includes('string')) return value;
  if ((types.includes('number') || types.includes('integer')) && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
