import {
  isJsonArray,
  isJsonObject,
  isRef,
  nameOf,
  type Address,
  type Json,
  type JsonObject,
  type Ref,
} from '@dpo/core';

/** What a plan knows about the values in it. */
export interface Pending {
  /** True if the outputs of the address are not known before the plan has run. */
  has(address: Address): boolean;
  /** The name that people know an opaque id by. */
  name(id: string): string | undefined;
}

export const nothingPending: Pending = { has: () => false, name: () => undefined };

const bare = /^(?![\s])[^\n\r\t]*[^\s]$/u;
const looksLikeOther = /^(null|true|false|-?\d+(\.\d+)?([eE][+-]?\d+)?|\(.*\)|["'[{].*)$/;

/** A value as people write it: strings bare unless that would be read as something else; `undefined` is "not set". */
export function valueText(value: Json | undefined, pending: Pending): string {
  if (value === undefined) return '(not set)';
  if (typeof value === 'string') {
    const text = plainWords(pending.name(value) ?? value);
    return bareString(text) ? text : JSON.stringify(text);
  }
  return innerText(value, pending);
}

/** The API spells some values of the config its own way: `AGGREGATION_GRANULARITY_1_DAY` is `1 day`. */
export function plainWords(text: string): string {
  const granularity = /^AGGREGATION_GRANULARITY_(\d+)_([A-Z]+)$/.exec(text);
  if (granularity !== null) return `${granularity[1] ?? ''} ${(granularity[2] ?? '').toLowerCase()}`;
  const metric = /^DATA_PROFILING_CUSTOM_METRIC_TYPE_([A-Z]+)$/.exec(text)?.[1];
  if (metric !== undefined) return metric.toLowerCase();
  return structFieldType(text) ?? text.replace(/^INFERENCE_PROBLEM_TYPE_(?=[A-Z]+$)/, '');
}

/** The type of a custom metric's result is the JSON of a Spark StructField. */
function structFieldType(text: string): string | undefined {
  if (!text.startsWith('{"metadata":')) return undefined;
  try {
    const field: unknown = JSON.parse(text);
    const type = isJsonObject(field) ? field['type'] : undefined;
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined;
  }
}

function innerText(value: Json, pending: Pending): string {
  if (isRef(value)) return refText(value, pending);
  if (isJsonArray(value)) return `[${value.map((item) => innerText(item, pending)).join(', ')}]`;
  if (isJsonObject(value)) {
    const recipient = recipientIn(value);
    if (recipient !== undefined) return innerText(pending.name(recipient) ?? recipient, pending);
    const members = Object.entries(value).map(([key, item]) => `${key}: ${innerText(item, pending)}`);
    return `{${members.join(', ')}}`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  const text = plainWords(value);
  return bareString(text) && !/[,[\]{}:]/.test(text) ? text : JSON.stringify(text);
}

/** Whom an alert tells is an address, or a destination that people know by its name. */
function recipientIn(value: JsonObject): string | undefined {
  const [[key, text] = [], ...others] = Object.entries(value);
  const known = key === 'user_email' || key === 'destination_id';
  return known && others.length === 0 && typeof text === 'string' ? text : undefined;
}

function refText(reference: Ref, pending: Pending): string {
  const name = nameOf(reference.$ref);
  return pending.has(reference.$ref) ? `${name} (id known after apply)` : name;
}

function bareString(text: string): boolean {
  return bare.test(text) && !looksLikeOther.test(text);
}
