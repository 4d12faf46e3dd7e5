import { nameOf, type Address } from '@dpo/core';
import { span, type Line } from './line.ts';
import { padEnd, widthOf } from './measure.ts';

/** Where dashboards are, one line each, never cut, after an empty line; nothing where no page is known. */
export function pageLines(
  resources: readonly { readonly address: Address; readonly url?: string | undefined }[],
): readonly Line[] {
  const pages = resources.flatMap(({ address, url }) => (url === undefined ? [] : [{ name: nameOf(address), url }]));
  if (pages.length === 0) return [];
  const width = Math.max(...pages.map(({ name }) => widthOf(name)));
  return [
    [],
    [span('Dashboards', 'strong')],
    ...pages.map(({ name, url }): Line => [span(`  ${padEnd(name, width)}  `), span(url)]),
  ];
}
