/** A planned misbehaviour of the server for calls that match. */
export interface FaultRule {
  /** `PATCH /api/2.0/alerts/*`; `*` as method matches all, `*` in the path matches anything. */
  readonly match: string;
  /** Answer of the fault; without it a rule only delays or drops. */
  readonly status?: number;
  readonly errorCode?: string;
  readonly message?: string;
  /** Seconds, sent as the header Retry-After. */
  readonly retryAfter?: number;
  /** Matching calls that are left alone first. */
  readonly offset?: number;
  /** How many calls the rule spoils; 1 unless told otherwise. */
  readonly times?: number;
  /** The call takes effect and only its answer is replaced, as when an answer is lost. */
  readonly after?: boolean;
  readonly latencyMs?: number;
  /** Closes the connection without an answer, before or after the call takes effect. */
  readonly dropConnection?: 'before' | 'after';
}

export interface FaultRules {
  add(...rules: readonly FaultRule[]): void;
  clear(): void;
  /** The rules that spoil this call; counts it against them. */
  take(method: string, path: string): readonly FaultRule[];
}

export function createFaultRules(initial: readonly FaultRule[] = []): FaultRules {
  const rules: { readonly rule: FaultRule; readonly pattern: RegExp; seen: number }[] = [];
  const add = (...added: readonly FaultRule[]): void => {
    for (const rule of added) rules.push({ rule, pattern: patternOf(rule.match), seen: 0 });
  };
  add(...initial);
  return {
    add,
    clear: () => {
      rules.length = 0;
    },
    take(method, path) {
      const taken: FaultRule[] = [];
      for (const entry of rules) {
        if (!entry.pattern.test(`${method} ${path}`)) continue;
        const { offset = 0, times = 1 } = entry.rule;
        if (entry.seen >= offset && entry.seen < offset + times) taken.push(entry.rule);
        entry.seen += 1;
      }
      return taken;
    },
  };
}

function patternOf(match: string): RegExp {
  const escaped = match.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
