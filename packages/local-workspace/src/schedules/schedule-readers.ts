import { filledText, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { parseQuartz } from './quartz-expression.ts';
import { QuartzFault } from './quartz-field.ts';
import { findTimeZone } from './time-zone.ts';

/** A Quartz cron expression, as it was sent. */
export const quartzCron: Reader<string> = (value, place) => {
  const text = filledText(value, place);
  try {
    parseQuartz(text);
    return text;
  } catch (fault) {
    if (!(fault instanceof QuartzFault)) throw fault;
    throw new ShapeFault(place.path, `'${text}' is not a Quartz cron expression: ${fault.message}`);
  }
};

export const timeZoneId: Reader<string> = (value, place) => {
  const id = filledText(value, place);
  if (findTimeZone(id) === undefined) throw new ShapeFault(place.path, `'${id}' is not a time zone`);
  return id;
};
