import { kindOf, type Address } from '../address.ts';
import { compareText } from '../json.ts';
import { kinds } from '../kinds/index.ts';
import type { IgnoredSetting, Plan } from '../plan-file.ts';

/** Gathers what a plan left alone, setting by setting: one config often ignores the same of many objects. */
export class IgnoredSettings {
  readonly #addresses = new Map<string, Address[]>();

  add(address: Address, paths: readonly string[] = []): void {
    for (const path of paths) {
      const key = `${kindOf(address)} ${path}`;
      const known = this.#addresses.get(key);
      if (known === undefined) this.#addresses.set(key, [address]);
      else known.push(address);
    }
  }

  /** The member of the plan; nothing when nothing is ignored. */
  member(): Pick<Plan, 'ignored'> {
    if (this.#addresses.size === 0) return {};
    const ignored = [...this.#addresses].flatMap(([key, addresses]) => settingOf(key, addresses));
    return { ignored: ignored.toSorted((a, b) => compareText(a.path, b.path)) };
  }
}

function settingOf(key: string, addresses: readonly Address[]): readonly IgnoredSetting[] {
  const [first] = addresses;
  if (first === undefined) return [];
  const path = key.slice(key.indexOf(' ') + 1);
  const label = kinds[kindOf(first)].rules[path]?.label;
  return [{ path, ...(label === undefined ? {} : { label }), addresses: addresses.toSorted(compareText) }];
}
