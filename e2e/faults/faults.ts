import type { FaultRule } from '@dpo/local-workspace';

/** One request of a clean run. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly route: string;
  /** Requests with this method and path before it. */
  readonly before: number;
  /** Changes the workspace; statements that read do not. */
  readonly write: boolean;
  /** The answer is a page of a list. */
  readonly list: boolean;
  /** A read of what a request before it changed. */
  readonly behind: boolean;
  /** Made by the run itself, not by the one after it. */
  readonly first: boolean;
}

export interface Fault {
  readonly name: string;
  readonly rule: Omit<FaultRule, 'match'>;
  /** Calls that can meet it. */
  readonly meets: (call: Call) => boolean;
  /** The service says "not there" and stays with it: to believe that is right, whatever the truth is. */
  readonly denies?: boolean;
}

const any = ({ first }: Call): boolean => first;
const write = (call: Call): boolean => call.first && call.write;
const read = (call: Call): boolean => call.first && !call.write;
const page = (call: Call): boolean => call.first && call.list;
const create = (call: Call): boolean => write(call) && call.method === 'POST' && !call.path.endsWith('/mkdirs');
const missing = { status: 404, errorCode: 'RESOURCE_DOES_NOT_EXIST', message: 'it does not exist' } as const;

/** The faults of design 4.2.5; what speaks of an effect comes before and behind it. */
export const faults: readonly Fault[] = [
  { name: '429, Retry-After', rule: { status: 429, retryAfter: 7 }, meets: any },
  { name: '429', rule: { status: 429 }, meets: any },
  { name: '503', rule: { status: 503 }, meets: any },
  { name: '500 before the effect', rule: { status: 500 }, meets: any },
  { name: '500 after the effect', rule: { status: 500, after: true }, meets: write },
  { name: 'reset before the effect', rule: { dropConnection: 'before' }, meets: any },
  { name: 'reset after the effect, before headers', rule: { dropConnection: 'after' }, meets: write },
  { name: 'reset after headers', rule: { truncateBody: true }, meets: any },
  { name: 'no answer, no effect', rule: { hold: 'before' }, meets: any },
  { name: 'no answer after the effect', rule: { hold: 'after' }, meets: write },
  { name: 'half of the JSON', rule: { garble: 'half' }, meets: any },
  { name: 'HTML with 200, no effect', rule: { garble: 'html' }, meets: any },
  { name: 'HTML with 200 after the effect', rule: { garble: 'html', after: true }, meets: write },
  { name: '403 on read', rule: { status: 403, errorCode: 'PERMISSION_DENIED' }, meets: read },
  { name: '403 on write', rule: { status: 403, errorCode: 'PERMISSION_DENIED' }, meets: write },
  { name: '404 on read', rule: missing, meets: read, denies: true },
  { name: '404 on write', rule: missing, meets: write, denies: true },
  { name: '409 on create', rule: { status: 409, errorCode: 'ALREADY_EXISTS' }, meets: create },
  { name: 'stale read', rule: { stale: true }, meets: ({ behind }) => behind },
  { name: 'unknown page token', rule: { garble: 'page-token' }, meets: page },
  { name: 'page token of the same page', rule: { garble: 'same-page' }, meets: page },
];

/** `once`, at one request, or `always`, from that request to the end of the run. */
export type Lasting = 'once' | 'always';

export interface Cell {
  readonly call: Call;
  readonly fault: Fault;
  readonly lasting: Lasting;
}

export function cellsOf(calls: readonly Call[]): readonly Cell[] {
  return calls.flatMap((call) =>
    faults
      .filter((fault) => fault.meets(call))
      .flatMap((fault) => (['once', 'always'] as const).map((lasting) => ({ call, fault, lasting }))),
  );
}

export function ruleOf({ call, fault, lasting }: Cell): FaultRule {
  const times = lasting === 'once' ? 1 : 'unlimited';
  return { match: `${call.method} ${call.path}`, offset: call.before, times, ...fault.rule };
}

export function nameOfCell({ call, fault, lasting }: Cell): string {
  return `${fault.name}, ${lasting}, at ${call.method} ${call.path} #${String(call.before + 1)}`;
}
