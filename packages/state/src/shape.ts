import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';
import type { Path } from './located-json.ts';

/** A value inside a document, with the way to it. `undefined`: the member is not there. */
export interface Node {
  readonly value: Json | undefined;
  readonly path: Path;
}

/** A document that is valid JSON and not what its format says. `newer`: because a later version of dpo wrote it. */
export class ShapeError extends Error {
  readonly path: Path;
  readonly newer: boolean;

  constructor(message: string, path: Path, newer = false) {
    super(message);
    this.name = 'ShapeError';
    this.path = path;
    this.newer = newer;
  }
}

/** A member that this version does not know: damage, unless a later version wrote it. */
export class UnknownMember extends ShapeError {}

/** Checks that an object has these members and no others; gives access to them. */
export function members(
  node: Node,
  required: readonly string[],
  optional: readonly string[] = [],
): (name: string) => Node {
  const value = objectAt(node);
  for (const name of required) {
    if (!Object.hasOwn(value, name)) throw new ShapeError(`${show([...node.path, name])} is missing`, node.path);
  }
  for (const name of Object.keys(value)) {
    const path = [...node.path, name];
    if (!required.includes(name) && !optional.includes(name)) throw new UnknownMember(`${show(path)} is unknown`, path);
  }
  return (name) => ({ value: Object.hasOwn(value, name) ? value[name] : undefined, path: [...node.path, name] });
}

export function objectAt(node: Node): JsonObject {
  if (!isJsonObject(node.value)) throw wrong(node, 'an object');
  return node.value;
}

export function textAt(node: Node): string {
  if (typeof node.value !== 'string') throw wrong(node, 'a text');
  return node.value;
}

export function optionalTextAt(node: Node): string | undefined {
  return node.value === undefined ? undefined : textAt(node);
}

export function integerAt(node: Node, least: number): number {
  const { value } = node;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw wrong(node, `a whole number from ${least}`);
  }
  return value;
}

export function booleanAt(node: Node): boolean {
  if (typeof node.value !== 'boolean') throw wrong(node, 'true or false');
  return node.value;
}

/** A mark that is there or is not. */
export function trueAt(node: Node): true {
  if (node.value !== true) throw wrong(node, 'true');
  return true;
}

/** ISO 8601 in UTC as epoch milliseconds. */
export function timeAt(node: Node): number {
  const time = Date.parse(textAt(node));
  if (Number.isNaN(time)) throw wrong(node, 'a time');
  return time;
}

export function oneOfAt<T extends string>(node: Node, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === node.value);
  if (found === undefined) throw wrong(node, `one of ${choices.join(', ')}`);
  return found;
}

export function itemsAt(node: Node): readonly Node[] {
  if (!isJsonArray(node.value)) throw wrong(node, 'a list');
  return node.value.map((value, index) => ({ value, path: [...node.path, index] }));
}

export function show(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^\w+$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}

function wrong(node: Node, wanted: string): ShapeError {
  if (node.value === undefined) return new ShapeError(`${show(node.path)} is missing`, node.path.slice(0, -1));
  return new ShapeError(`${show(node.path) || 'the document'} is not ${wanted}`, node.path);
}
