import type { Result } from '../api/result.ts';
import type { FaultRule } from './fault-rules.ts';

/** What reads answered before the writes that changed them, for rules that make reads stale. */
export interface FormerAnswers {
  /** What the rule's path answered before the last write that changed it; `undefined`: nothing changed it yet. */
  of(rule: FaultRule): Result | undefined;
  /** Performs a write and keeps what it changes about the paths of these rules. `read` answers a path now. */
  around(
    rules: readonly FaultRule[],
    read: (path: string) => Promise<Result>,
    write: () => Promise<Result>,
  ): Promise<Result>;
}

export function createFormerAnswers(): FormerAnswers {
  const former = new WeakMap<FaultRule, Result>();
  const readAll = async (
    rules: readonly FaultRule[],
    read: (path: string) => Promise<Result>,
  ): Promise<readonly Result[]> => {
    const found: Result[] = [];
    for (const { match } of rules) found.push(await read(match.slice(match.indexOf(' ') + 1)));
    return found;
  };
  return {
    of: (rule) => former.get(rule),
    async around(rules, read, write) {
      const before = await readAll(rules, read);
      const result = await write();
      const after = await readAll(rules, read);
      for (const [index, rule] of rules.entries()) {
        const [was, is] = [before[index], after[index]];
        if (was !== undefined && JSON.stringify(was) !== JSON.stringify(is)) former.set(rule, was);
      }
      return result;
    },
  };
}
