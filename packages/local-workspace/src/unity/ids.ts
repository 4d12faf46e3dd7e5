import { randomBytes } from 'node:crypto';

/** Where random bytes come from; a test passes a counting one to get the same ids in each run. */
export type RandomBytes = (count: number) => Uint8Array;

/** Makers of the id forms of the service. */
export interface Ids {
  uuid(): string;
  /** 32 hexadecimal digits, as dashboards have. */
  hex(): string;
  /** Large, but below 2^53: clients that read JSON numbers as doubles get the same digits back. */
  integer(): number;
}

export function createIds(random: RandomBytes = randomBytes): Ids {
  const hexOf = (count: number): string => Buffer.from(random(count)).toString('hex');
  return {
    uuid() {
      const hex = hexOf(16);
      const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        variant + hex.slice(18, 20),
        hex.slice(20),
      ].join('-');
    },
    hex: () => hexOf(16),
    integer: () => 2 ** 52 + (Number.parseInt(hexOf(6), 16) % 2 ** 48),
  };
}
