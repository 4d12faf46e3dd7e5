import { isJsonArray, isJsonObject, isRef, type Address, type Json, type Ref } from '@dpo/core';

/** Addresses whose outputs are not known before the plan has run. */
export type Pending = ReadonlySet<Address>;

const bare = /^(?![\s])[^\n\r\t]*[^\s]$/u;
const looksLikeOther = /^(null|true|false|-?\d+(\.\d+)?([eE][+-]?\d+)?|\(.*\)|["'[{].*)$/;

/** A value as people write it: strings bare unless that would be read as something else; `undefined` is "not set". */
export function valueText(value: Json | undefined, pending: Pending): string {
  if (value === undefined) return '(not set)';
  if (typeof value === 'string') return bareString(value) ? value : JSON.stringify(value);
  return innerText(value, pending);
}

function innerText(value: Json, pending: Pending): string {
  if (isRef(value)) return refText(value, pending);
  if (isJsonArray(value)) return `[${value.map((item) => innerText(item, pending)).join(', ')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${key}: ${innerText(item, pending)}`);
    return `{${members.join(', ')}}`;
  }
  if (typeof value === 'string' && bareString(value) && !/[,[\]{}:]/.test(value)) return value;
  return JSON.stringify(value);
}

function refText(reference: Ref, pending: Pending): string {
  const text = `${reference.path} of ${reference.$ref}`;
  return pending.has(reference.$ref) ? `${text} (known after apply)` : text;
}

function bareString(text: string): boolean {
  return bare.test(text) && !looksLikeOther.test(text);
}
