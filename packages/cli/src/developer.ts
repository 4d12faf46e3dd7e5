import { hashText } from '@dpo/core';

/** Longest name of a target that is told apart by its letters alone. */
const longestTarget = 40;
/** As long as the name of a target may be. */
const longest = 63;
const markLength = 6;

/** What a person is called in display names: the user name before the `@`. */
export function developerName(userName: string): string {
  return slugOf(userName) || 'user';
}

/**
 * The target part of the owner of what one person makes in a development target (ruling 20): `dev-anna-3f2a9c`. Two user
 * names never give the same one: where the letters do not say the whole name, such as that of the domain of an address, a
 * part of its hash is added. Made of `a-z`, `0-9`, `_` and `-`, and no longer than a target may be.
 */
export function developerTarget(target: string, userName: string): string {
  const name = userName.toLowerCase();
  const slug = developerName(userName);
  const plain = `${target}-${slug}`;
  if (slug === name && plain.length <= longest && target.length <= longestTarget) return plain;
  const said = target.length > longestTarget ? `${target} ${name}` : name;
  const head = `${target.slice(0, longestTarget)}-${slug}`.slice(0, longest - markLength - 1).replace(/[-_]+$/u, '');
  return `${head}-${hashText(said).slice(0, markLength)}`;
}

function slugOf(userName: string): string {
  const [local = ''] = userName.toLowerCase().split('@');
  return local.replaceAll(/[^a-z0-9_-]+/gu, '-').replaceAll(/^[-_]+|[-_]+$/gu, '');
}
