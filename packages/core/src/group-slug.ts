const longest = 64;

/**
 * The part of the names of views, alerts and dashboards that stands for a group (U091): at most 64 of a-z, 0-9 and `_`.
 * Two groups may have the same; that is for the config to refuse (U050).
 */
export function groupSlug(group: string): string {
  const slug = group
    .replaceAll(/[^a-z0-9]+/gi, '_')
    .replaceAll(/^_|_$/g, '')
    .toLowerCase()
    .slice(0, longest);
  return slug === '' ? 'unnamed' : slug;
}
