import { nameOf, type Address, type GraphLink, type ResourceGraph } from '@dpo/core';
import { span, type Line } from './line.ts';
import { groupBy } from './op-groups.ts';
import { paint } from './paint.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';
import { countOf } from './words.ts';

const words: Readonly<Record<GraphLink['need'], string>> = {
  exists: 'needs',
  ready: 'needs, ready',
  order: 'comes after',
};

/** Each resource, and below it what it needs. */
export function renderGraph({ nodes, edges }: ResourceGraph, style: Style): string {
  const byFrom = new Map(groupBy(edges, ({ from }) => from).map(({ first, items }) => [first.from, items]));
  const lines = nodes.flatMap(({ address, group, needed }): readonly Line[] => [
    [
      span(address, 'strong'),
      ...(group === undefined ? [] : [span(`  group ${group}`, 'quiet')]),
      ...(needed === true ? [span('  not selected, but needed', 'quiet')] : []),
    ],
    ...(byFrom.get(address) ?? []).map(({ to, need }): Line => [span(`  ${words[need]} `, 'quiet'), span(to)]),
  ]);
  const count = `(${countOf(nodes.length, 'resource')}, ${countOf(edges.length, 'edge')})`;
  return paint([...lines, [span(count, 'quiet')]], style);
}

/** A flow chart for Markdown: boxes are resources, arrows point at what is needed. */
export function renderMermaid({ nodes, edges }: ResourceGraph): string {
  const ids = new Map<Address, string>(nodes.map(({ address }, index) => [address, `n${String(index)}`]));
  const id = (address: Address): string => ids.get(address) ?? '';
  const lines = [
    'flowchart LR',
    ...nodes.map(({ address, kind }) => `  ${id(address)}["${mermaidText(kind)}<br/>${mermaidText(nameOf(address))}"]`),
    ...edges.map(({ from, to, need }) => `  ${id(from)} ${need === 'order' ? '-.->' : '-->'}|${need}| ${id(to)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** In a quoted label only entities are sure to be text: `#35;` is a sharp. https://mermaid.js.org/syntax/flowchart.html */
function mermaidText(text: string): string {
  return visible(text).replace(/[^\p{L}\p{N} ._:/*-]/gu, (character) => `#${String(character.codePointAt(0))};`);
}

/** A digraph for Graphviz. */
export function renderDot({ nodes, edges }: ResourceGraph): string {
  const lines = [
    'digraph dpo {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...nodes.map(
      ({ address, kind }) => `  ${dotText(address)} [label=${dotText(`${kind}\n${visible(nameOf(address))}`)}];`,
    ),
    ...edges.map(({ from, to, need }) => {
      const style = need === 'order' ? ', style=dashed' : '';
      return `  ${dotText(from)} -> ${dotText(to)} [label=${dotText(need)}${style}];`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** https://graphviz.org/doc/info/lang.html: in a quoted string only a quote ends it; labels read the backslash too. */
function dotText(text: string): string {
  const escaped = visible(text.replaceAll('\n', '\u0000'))
    .replaceAll('\\x00', '\n')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
