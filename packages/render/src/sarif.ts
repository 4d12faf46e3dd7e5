import { compareText, type Problem } from '@dpo/core';
import { placeText } from './place-text.ts';
import { visible } from './visible.ts';

export interface SarifOptions {
  /** Version of dpo. */
  readonly version: string;
  readonly exitCode: number;
  /** Path of a file from the root of the repository, with `/` between its parts. */
  readonly pathOf: (file: string) => string;
  /** What the documentation says about a code. */
  readonly explain: (code: string) => { readonly meaning: string; readonly remedy: string } | undefined;
}

type FilePlace = Extract<Problem['place'], { readonly file: string }>;
type Placed = Problem & { readonly place: FilePlace };

/**
 * Problems as a SARIF 2.1.0 log, ended by a line break. Those with a place in a file are results; the others, such as a
 * file that is not there, are notifications of the run, as a result without a place is shown by nobody.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(problems: readonly Problem[], options: SarifOptions): string {
  const placed = problems.filter(isPlaced);
  const others = problems.filter((problem) => !isPlaced(problem));
  const rules = codesOf(placed);
  const notifications = codesOf(others);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'dpo',
            version: options.version,
            rules: rules.map((code) => descriptorOf(code, options)),
            ...(others.length > 0 && { notifications: notifications.map((code) => descriptorOf(code, options)) }),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !others.some(({ severity }) => severity === 'error'),
            exitCode: options.exitCode,
            ...(others.length > 0 && {
              toolExecutionNotifications: others.map((problem) => notificationOf(problem, notifications)),
            }),
          },
        ],
        results: placed.map((problem) => resultOf(problem, rules, options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function isPlaced(problem: Problem): problem is Placed {
  return problem.place !== undefined && 'file' in problem.place;
}

function codesOf(problems: readonly Problem[]): readonly string[] {
  return [...new Set(problems.map(({ code }) => code))].toSorted(compareText);
}

function descriptorOf(code: string, { explain }: SarifOptions): object {
  const explanation = explain(code);
  if (explanation === undefined) return { id: code };
  const { meaning, remedy } = explanation;
  return { id: code, shortDescription: textOf([meaning]), help: textOf([remedy, `dpo explain ${code}`]) };
}

function resultOf(problem: Placed, rules: readonly string[], { pathOf }: SarifOptions): object {
  const { code, severity, place } = problem;
  const { start, end, path } = place;
  const region = {
    startLine: start.line,
    startColumn: start.column,
    ...(end !== undefined && { endLine: end.line, endColumn: end.column }),
  };
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: severity,
    message: messageOf(problem),
    locations: [
      {
        physicalLocation: { artifactLocation: artifactOf(pathOf(place.file)), region },
        ...(path !== undefined && { logicalLocations: [{ fullyQualifiedName: visible(path) }] }),
      },
    ],
  };
}

function notificationOf(problem: Problem, codes: readonly string[]): object {
  const { code, severity, place } = problem;
  const about = place === undefined ? [] : [placeText(place)];
  return { descriptor: { id: code, index: codes.indexOf(code) }, level: severity, message: messageOf(problem, about) };
}

function messageOf({ message, hint, address }: Problem, about: readonly string[] = []): object {
  const rest = [...about, ...(address === undefined ? [] : [address])];
  return textOf([message, ...rest, ...(hint === undefined ? [] : [`hint: ${hint}`])]);
}

/** Braces are doubled, as single ones are placeholders, and nothing in a config can make a link (3.11.5, 3.11.6). */
function textOf(lines: readonly string[]): { readonly text: string } {
  const text = lines.map(visible).join('\n');
  return { text: text.replaceAll('](', '] (').replaceAll(/[{}]/gu, '$&$&') };
}

/** A path that leads out of the repository is relative to nothing that has a name. */
function artifactOf(path: string): object {
  const parts = path.split('/');
  const uri = parts.map((part) => encodeURIComponent(part.replaceAll(/\p{Cs}/gu, '\uFFFD'))).join('/');
  return { uri, ...(!parts.includes('..') && { uriBaseId: '%SRCROOT%' }) };
}
