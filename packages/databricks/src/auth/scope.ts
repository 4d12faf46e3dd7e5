import type { Settings } from './attributes.ts';

/** `scopes` of a profile, separated by blanks or commas; everything unless given. */
export function scopeOf(settings: Settings): string {
  const scopes = (settings.get('scopes')?.value ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  return scopes.length === 0 ? 'all-apis' : scopes.join(' ');
}
