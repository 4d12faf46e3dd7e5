import type { Json, JsonObject } from '@dpo/core';

/** A dataset of a dashboard: a name that widgets use, and its query. */
export interface Dataset {
  readonly name: string;
  readonly title: string;
  readonly query: string;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A field of a widget: how the engine computes it from the columns of the dataset. */
export interface Field {
  readonly name: string;
  readonly expression: string;
  readonly title: string;
}

/** A column as it is. */
export function column(name: string, title: string): Field {
  return { name, expression: `\`${name}\``, title };
}

/** An expression over columns, named by itself. */
export function computed(expression: string, title: string): Field {
  return { name: expression.replaceAll('`', '').toLowerCase(), expression, title };
}

export interface WidgetRequest {
  readonly name: string;
  readonly title: string;
  readonly dataset: string;
  readonly box: Box;
}

type Scale = 'temporal' | 'quantitative' | 'categorical';

function encoded({ name, title }: Field, scale: Scale, more: JsonObject = {}): JsonObject {
  return { fieldName: name, displayName: title, scale: { type: scale, ...more } };
}

interface Chart extends WidgetRequest {
  /** Version of the widget type: each has its own, and only that one is drawn (F19). */
  readonly version: number;
  readonly type: string;
  readonly fields: readonly Field[];
  readonly encodings: Json;
  /** Rows as they are; else the engine groups by the fields that are not aggregates. */
  readonly raw: boolean;
}

function chart({ name, title, dataset, box, version, type, fields, encodings, raw }: Chart): JsonObject {
  return {
    position: { ...box },
    widget: {
      name,
      queries: [
        {
          name: 'main_query',
          query: {
            datasetName: dataset,
            disaggregated: raw,
            fields: fields.map((field) => ({ name: field.name, expression: field.expression })),
          },
        },
      ],
      spec: { version, widgetType: type, encodings, frame: { showTitle: true, title } },
    },
  };
}

export function counter(request: WidgetRequest, value: Field): JsonObject {
  const encodings = { value: { fieldName: value.name, displayName: value.title } };
  return chart({ ...request, version: 2, type: 'counter', fields: [value], encodings, raw: false });
}

export interface Axes {
  readonly x: Field;
  readonly y: Field;
  readonly color?: Field;
}

export function line(request: WidgetRequest, { x, y, color }: Axes): JsonObject {
  const encodings = {
    x: encoded(x, 'temporal'),
    y: encoded(y, 'quantitative'),
    ...(color === undefined ? {} : { color: encoded(color, 'categorical') }),
  };
  const fields = [x, y, ...(color === undefined ? [] : [color])];
  return chart({ ...request, version: 3, type: 'line', fields, encodings, raw: false });
}

/** Bars from left to right, the names at their left. */
export function bars(request: WidgetRequest, { x, y, color }: Axes): JsonObject {
  const encodings = {
    x: encoded(x, 'quantitative'),
    y: encoded(y, 'categorical', { sort: { by: 'x-reversed' } }),
    ...(color === undefined ? {} : { color: encoded(color, 'categorical') }),
  };
  const fields = [x, y, ...(color === undefined ? [] : [color])];
  return chart({ ...request, version: 3, type: 'bar', fields, encodings, raw: false });
}

export function heatmap(request: WidgetRequest, { x, y, color }: Required<Axes>): JsonObject {
  const encodings = {
    x: encoded(x, 'categorical'),
    y: encoded(y, 'categorical'),
    color: encoded(color, 'quantitative'),
  };
  return chart({ ...request, version: 3, type: 'heatmap', fields: [x, y, color], encodings, raw: false });
}

export function table(request: WidgetRequest, columns: readonly Field[]): JsonObject {
  const encodings = { columns: columns.map(({ name, title }) => ({ fieldName: name, displayName: title })) };
  return chart({ ...request, version: 2, type: 'table', fields: columns, encodings, raw: true });
}

export function text(name: string, box: Box, lines: readonly string[]): JsonObject {
  const written = lines.map((each) => `${each}\n`);
  return { position: { ...box }, widget: { name, multilineTextboxSpec: { lines: written } } };
}

export function page(name: string, title: string, layout: readonly JsonObject[]): JsonObject {
  return { name, displayName: title, pageType: 'PAGE_TYPE_CANVAS', layoutVersion: 'GRID_V1', layout };
}

/** Lines of a query are put together with nothing between them, so that each ends with its own break. */
export function dataset({ name, title, query }: Dataset): JsonObject {
  return { name, displayName: title, queryLines: query.split('\n').map((each) => `${each}\n`) };
}
