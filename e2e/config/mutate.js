/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pieces = [
  '\t', '\r\n', '\n', ': ', ':', '- ', '&a ', '*a', '<<: *a', '? ', '[', ']', '{', '}', '"', "'", '#', '|', '>', '---\n', '...\n',
  '!x ', '!!binary ', '%YAML 1.1\n', '@', '`', ',', ' ', '  ', '\\', '\0', '\u0085', '\u2028', '\uFEFF', '😀', 'é', '\u001b[31m',
]; // prettier-ignore
const values = [
  'null', '~', 'true', 'no', '0', '-0', '1e999', '.nan', '.inf', '0x1F', '0o17', '12345678901234567890', '2026-11-27', '[]', '{}', '""',
  '__proto__: 1', 'constructor: {}', '${var.x}', '${env:PATH}', '$${', '${', '*', 'prod.*.x', 'a.b.c.d', 'x'.repeat(300), '(a+)+$',
]; // prettier-ignore

/** A file with one to five changes, as bytes: some are no text any more. */
export function mutate(original, random) {
  let bytes = original;
  const changes = 1 + Math.floor(random() * 5);
  for (let change = 0; change < changes; change += 1) bytes = pick(random, kinds)(bytes, random);
  return bytes;
}

const kinds = [
  insertPiece,
  insertPiece,
  replaceValue,
  replaceValue,
  removeSome,
  repeatLine,
  moveLine,
  indentLine,
  changeByte,
  otherLineEnds,
];

function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}

function splice(bytes, [at, remove], insert) {
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from(insert),
    bytes.subarray(Math.min(bytes.length, at + remove)),
  ]);
}

function insertPiece(bytes, random) {
  return splice(bytes, [Math.floor(random() * (bytes.length + 1)), 0], pick(random, pieces));
}

function removeSome(bytes, random) {
  return splice(bytes, [Math.floor(random() * (bytes.length + 1)), Math.floor(random() * 20)], '');
}

function changeByte(bytes, random) {
  return splice(bytes, [Math.floor(random() * (bytes.length + 1)), 1], Buffer.from([Math.floor(random() * 256)]));
}

/** What stands behind a colon becomes something else. */
function replaceValue(bytes, random) {
  const lines = bytes.toString('latin1').split('\n');
  const at = Math.floor(random() * lines.length);
  lines[at] = (lines[at] ?? '').replace(/:( .*)?$/, () => `: ${pick(random, values)}`);
  return Buffer.from(lines.join('\n'), 'latin1');
}

function repeatLine(bytes, random) {
  const lines = bytes.toString('latin1').split('\n');
  const at = Math.floor(random() * lines.length);
  const times = random() < 0.02 ? 2000 : 1;
  lines.splice(Math.floor(random() * lines.length), 0, ...Array.from({ length: times }, () => lines[at] ?? ''));
  return Buffer.from(lines.join('\n'), 'latin1');
}

function moveLine(bytes, random) {
  const lines = bytes.toString('latin1').split('\n');
  const [line = ''] = lines.splice(Math.floor(random() * lines.length), 1);
  lines.splice(Math.floor(random() * lines.length), 0, line);
  return Buffer.from(lines.join('\n'), 'latin1');
}

function indentLine(bytes, random) {
  const lines = bytes.toString('latin1').split('\n');
  const at = Math.floor(random() * lines.length);
  lines[at] = random() < 0.5 ? `  ${lines[at]}` : (lines[at] ?? '').replace(/^ {1,2}/, '');
  return Buffer.from(lines.join('\n'), 'latin1');
}

function otherLineEnds(bytes, random) {
  const text = bytes.toString('latin1');
  return Buffer.from(random() < 0.5 ? text.replaceAll('\n', '\r\n') : `\u00ef\u00bb\u00bf${text}`, 'latin1');
}
