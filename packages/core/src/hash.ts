import { createHash } from 'node:crypto';
import { canonical, type Json } from './json.ts';

/** SHA-256 of a text in UTF-8, as 64 hex digits. The only place in core that reaches outside the language. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Hash of a value, independent of key order. */
export function hashJson(value: Json): string {
  return hashText(canonical(value));
}
