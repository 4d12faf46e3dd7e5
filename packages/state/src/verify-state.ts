import { isAddress, kinds, kindOf, type Address, type Problem, type Recorded, type RecordedResource } from '@dpo/core';

/**
 * Integrity of a state in memory, as the invariant of tests and `doctor`. A need may name an object that is not
 * recorded (a schema that is used as it is), but must be an address. A bad state is never operated on, and always
 * written: losing it is worse.
 */
export function verifyState(recorded: Recorded): readonly Problem[] {
  return [
    ...[...recorded.resources].flatMap(([address, entry]) => verifyEntry(address, entry)),
    ...recorded.intents
      .filter(({ address }) => !isAddress(address))
      .map(({ address }) => bad(address, 'is no address')),
  ];
}

function verifyEntry(address: Address, entry: RecordedResource): readonly Problem[] {
  if (!isAddress(address)) return [bad(address, 'is no address')];
  const status: string = entry.status;
  return [
    ...entry.needs.filter((need) => !isAddress(need)).map((need: string) => bad(address, `needs ${need}, no address`)),
    ...(status === 'ok' || status === 'replacing:deleted' || status === 'purging'
      ? []
      : [bad(address, `has the unknown status ${status}`)]),
    ...(entry.version === kinds[kindOf(address)].version ? [] : [bad(address, `has version ${entry.version}`)]),
  ];
}

function bad(address: Address, message: string): Problem {
  return { code: 'STATE.CORRUPT', severity: 'error', address, message: `${address} ${message}` };
}
