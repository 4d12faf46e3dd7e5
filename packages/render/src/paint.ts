import { Chalk, type ChalkInstance } from 'chalk';
import type { Line, Span, Tone } from './line.ts';
import type { Style } from './style.ts';

/** Turns lines into text, each ended by a line break; without colour the text holds no escape at all. */
export function paint(lines: readonly Line[], style: Style): string {
  const brushes = brushesOf(new Chalk({ level: style.color ? 1 : 0 }));
  return lines.map((line) => `${paintLine(line, brushes)}\n`).join('');
}

function paintLine(line: Line, brushes: Readonly<Record<Tone, (text: string) => string>>): string {
  return joined(line)
    .map((piece) => (piece.text.trim() === '' ? piece.text : brushes[piece.tone](piece.text)))
    .join('')
    .trimEnd();
}

/** Neighbours of one tone, and blanks, are painted in one go: escapes do not break a sentence into words. */
function joined(line: Line): Line {
  const pieces: Span[] = [];
  for (const piece of line) {
    const last = pieces.at(-1);
    const joins = last !== undefined && (last.tone === piece.tone || piece.text.trim() === '');
    if (joins) pieces[pieces.length - 1] = { text: last.text + piece.text, tone: last.tone };
    else pieces.push(piece);
  }
  return pieces;
}

function brushesOf(chalk: ChalkInstance): Readonly<Record<Tone, (text: string) => string>> {
  return {
    plain: (text) => text,
    strong: chalk.bold,
    quiet: chalk.dim,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
    accent: chalk.cyan,
  };
}
