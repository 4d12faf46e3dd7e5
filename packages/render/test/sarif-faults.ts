/** The part of a SARIF 2.1.0 log that dpo writes. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: Driver };
    readonly columnKind: string;
    readonly invocations: readonly Invocation[];
    readonly results: readonly Result[];
  }[];
}

interface Text {
  readonly text: string;
}
interface Descriptor {
  readonly id: string;
  readonly shortDescription?: Text;
  readonly help?: Text;
}
interface Driver {
  readonly name: string;
  readonly version: string;
  readonly rules: readonly Descriptor[];
  readonly notifications?: readonly Descriptor[];
}
interface Notification {
  readonly descriptor: { readonly id: string; readonly index: number };
  readonly level: string;
  readonly message: Text;
}
interface Invocation {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly toolExecutionNotifications?: readonly Notification[];
}
interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Text;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
      readonly region: Region;
    };
  }[];
}

const uri = /^(?![a-z]+:|\/)(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/iu;

/** What of a log the standard does not allow, each with the section that says so. */
export function sarifFaults({ version, runs }: SarifLog): readonly string[] {
  const faults: string[] = version === '2.1.0' ? [] : ['3.13.2 version'];
  for (const { tool, columnKind, invocations, results } of runs) {
    const { rules, notifications = [] } = tool.driver;
    const check = (holds: boolean, fault: string): unknown => holds || faults.push(fault);
    check(columnKind === 'utf16CodeUnits', '3.14.17 columnKind');
    check(new Set(rules.map(({ id }) => id)).size === rules.length, '3.19.23 rules are distinct');
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      check(rules[ruleIndex]?.id === ruleId, `3.27.6 ruleIndex of ${ruleId}`);
      check(['none', 'note', 'warning', 'error'].includes(level), `3.27.10 level ${level}`);
      check(isText(message), `3.11.5 message of ${ruleId}: ${message.text}`);
      check(locations.length === 1, `3.27.12 locations of ${ruleId}`);
      for (const { physicalLocation } of locations) {
        const { artifactLocation, region } = physicalLocation;
        check(uri.test(artifactLocation.uri), `3.4.3 uri ${artifactLocation.uri}`);
        check(artifactLocation.uriBaseId === undefined || !artifactLocation.uri.includes('..'), '3.4.4 base of ..');
        check(isRegion(region), `3.30 region ${JSON.stringify(region)}`);
      }
    }
    for (const { toolExecutionNotifications = [] } of invocations) {
      for (const { descriptor, message } of toolExecutionNotifications) {
        check(notifications[descriptor.index]?.id === descriptor.id, `3.58.2 descriptor ${descriptor.id}`);
        check(isText(message), `3.11.5 message of ${descriptor.id}`);
      }
    }
    for (const { id, shortDescription, help } of [...rules, ...notifications])
      for (const text of [shortDescription, help]) check(text === undefined || isText(text), `3.11.5 text of ${id}`);
  }
  return faults;
}

/** Single braces would be placeholders. */
function isText({ text }: Text): boolean {
  return text !== '' && !/[{}]/u.test(text.replaceAll(/\{\{|\}\}/gu, ''));
}

function isRegion({ startLine, startColumn, endLine = startLine, endColumn }: Region): boolean {
  const whole = [startLine, startColumn, endLine, endColumn ?? 1].every((n) => Number.isInteger(n) && n >= 1);
  return whole && (endLine > startLine || (endLine === startLine && (endColumn ?? startColumn) >= startColumn));
}
