import { integer, shape, text } from '../api/reader.ts';

export const monitorsPrefix = '/api/data-quality/v1/monitors';

/** The documented page size of the data quality API is 25, the largest 100. */
export const defaultPageSize = 25;

export const pageQuery = shape({ optional: { page_size: integer({ min: 0, max: 100 }), page_token: text } });
