// Writes src/generated/explanations.ts from docs/errors.md, which is written by hand. With --check it writes nothing and
// exits 1 if the file is stale. What does not fit the form of that page is an error.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { format } from 'oxfmt';

const root = new URL('../../../', import.meta.url);
const file = new URL('packages/cli/src/generated/explanations.ts', root);
const heading = /^## (?<areas>[A-Z]+(?: and [A-Z]+)*): (?<subject>.+)$/mu;
const row = /^\| `(?<code>[A-Z]+(?:\.[A-Z_]+)?)` \| (?<meaning>.+) \| (?<remedy>.+) \| (?<exit>[^|]+) \|$/u;
const fence = /^```(?<language>[a-z]*)\n(?<text>.*?)\n```$/su;

/** Text for a terminal: links name the page, other marks stay. */
function plain(markdown) {
  return markdown
    .replaceAll('\\|', '|')
    .replaceAll(/\[([^\]]+)\]\(([^)]+)\)/gu, (_, text, page) =>
      page.startsWith(text) ? `docs/${page}` : `${text} (docs/${page})`,
    )
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Paragraphs, and code blocks whole. */
function blocksOf(markdown) {
  return markdown
    .split(/(^```.*?^```$)/msu)
    .flatMap((part) => (part.startsWith('```') ? [part] : part.split(/\n{2,}/u)))
    .map((block) => block.trim());
}

function detailOf(section) {
  const code = /^[A-Z._]+/u.exec(section)?.[0];
  const causes = [];
  const examples = [];
  let title;
  for (const block of blocksOf(section.slice(code.length)).filter((text) => text !== '')) {
    const example = fence.exec(block)?.groups;
    if (block.startsWith('- ')) causes.push(...block.slice(2).split(/\n- /u).map(plain));
    else if (example === undefined && title === undefined && block.endsWith(':')) title = plain(block.slice(0, -1));
    else if (example !== undefined && title !== undefined) {
      examples.push({ title, language: example.language, text: example.text });
      title = undefined;
    } else
      throw new Error(`docs/errors.md: what stands under ${code} is neither causes nor a titled example: ${block}`);
  }
  if (title !== undefined) throw new Error(`docs/errors.md: no example follows '${title}' under ${code}`);
  return [code, { causes, examples }];
}

function explanationsOf(section) {
  const head = heading.exec(section)?.groups;
  if (head === undefined) throw new Error(`docs/errors.md: no heading 'AREA: subject' in ${section.slice(0, 60)}`);
  const [main, ...details] = section.split(/^### /mu);
  const detailOfCode = new Map(details.map(detailOf));
  const lines = main.split('\n');
  const rows = lines.flatMap((line) => row.exec(line)?.groups ?? []);
  const lost = lines.filter((line) => line.startsWith('| `')).length - rows.length;
  const unknown = [...detailOfCode.keys()].filter((code) => !rows.some((each) => each.code === code));
  if (lost > 0 || unknown.length > 0)
    throw new Error(`docs/errors.md: ${head.areas}: ${lost} rows cannot be read; no row for: ${unknown.join(', ')}`);
  const note = plain(
    lines
      .slice(
        1,
        lines.findIndex((line) => line.startsWith('|')),
      )
      .join('\n'),
  );
  return rows.map(({ code, meaning, remedy, exit }) => ({
    code,
    area: code.split('.')[0],
    subject: head.subject.replaceAll('`', ''),
    meaning: plain(meaning),
    remedy: plain(remedy),
    exit: plain(exit),
    ...(note !== '' && { note }),
    causes: detailOfCode.get(code)?.causes ?? [],
    examples: detailOfCode.get(code)?.examples ?? [],
  }));
}

async function generate() {
  const [, ...sections] = (await readFile(new URL('docs/errors.md', root), 'utf8')).split(/^(?=## )/mu);
  const { singleQuote, printWidth } = JSON.parse(await readFile(new URL('.oxfmtrc.json', root), 'utf8'));
  const explanations = JSON.stringify(sections.flatMap(explanationsOf));
  const text = `// Generated from docs/errors.md by \`npm run generate\`.
import type { Explanation } from '@dpo/render';
export const explanations: readonly Explanation[] = ${explanations};
`;
  const { code, errors } = await format('explanations.ts', text, { singleQuote, printWidth });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return code;
}

const text = await generate();
if (process.argv.includes('--check')) {
  const stale = (await readFile(file, 'utf8').catch(() => '')) !== text;
  if (stale) process.stderr.write('stale: explanations.ts; run npm run generate\n');
  process.exitCode = stale ? 1 : 0;
} else {
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
}
