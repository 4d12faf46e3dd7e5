export interface TimeZone {
  /** Milliseconds to add to an instant in epoch milliseconds to get the local time, written as if it were UTC. */
  offsetAt(instant: number): number;
}

const hour = 3_600_000;

/**
 * A zone of the IANA database, or a Java offset such as `GMT+10`, which users of the service write (TF#5042); `undefined`
 * for anything else.
 */
export function findTimeZone(id: string): TimeZone | undefined {
  const fixed = /^GMT([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(id);
  if (fixed !== null) {
    const size = Number(fixed[2]) * hour + Number(fixed[3] ?? 0) * 60_000;
    return Number(fixed[2]) > 23 ? undefined : { offsetAt: () => (fixed[1] === '-' ? -size : size) };
  }
  const format = formatOf(id);
  return format === undefined ? undefined : { offsetAt: (instant) => offsetOf(format, instant) };
}

/**
 * The instant of a local time. A time that daylight saving skips has none; of one that comes twice the second counts, as
 * `java.util.Calendar`, which Quartz works with, takes an ambiguous time as standard time.
 */
export function instantOf(zone: TimeZone, local: number): number | undefined {
  const offsets = [zone.offsetAt(local - 26 * hour), zone.offsetAt(local + 26 * hour)];
  const instants = offsets.map((offset) => local - offset).filter((at, index) => zone.offsetAt(at) === offsets[index]);
  return instants.length === 0 ? undefined : Math.max(...instants);
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const parts = new Map(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - whole;
}
