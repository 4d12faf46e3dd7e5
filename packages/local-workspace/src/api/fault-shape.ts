import { garbles } from '../realism/garbled.ts';
import { filledText, flag, integer, oneOf, shape, ShapeFault, text } from './reader.ts';
import type { Reader } from './reader.ts';

const share: Reader<number> = (value, { path }) => {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ShapeFault(path, 'expected a number from 0 to 1');
};

const times: Reader<number | 'unlimited'> = (value, place) =>
  value === 'unlimited' ? value : integer({ min: 1 })(value, place);

/** A fault rule as it comes in over HTTP or from a file. */
export const faultRule = shape({
  required: { match: filledText },
  optional: {
    status: integer({ min: 400, max: 599 }),
    errorCode: text,
    message: text,
    retryAfter: integer({ min: 0 }),
    offset: integer({ min: 0 }),
    times,
    probability: share,
    after: flag,
    latencyMs: integer({ min: 0 }),
    dropConnection: oneOf('before', 'after'),
    truncateBody: flag,
    hold: oneOf('before', 'after'),
    garble: oneOf(...garbles),
    stale: flag,
    killCaller: integer({ min: 2 }),
  },
});
