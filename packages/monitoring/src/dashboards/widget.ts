import type { Json, JsonObject } from '@dpo/core';
import { encoded, shown, type Field } from './field.ts';
import type { Box } from './page.ts';

export interface WidgetRequest {
  /** Letters, digits, `-` and `_`, at most 60; unique in a dashboard. */
  readonly name: string;
  readonly title: string;
  readonly dataset: string;
  readonly box: Box;
}

interface Chart extends WidgetRequest {
  /** Version of the widget type: each has its own, and only that one is drawn (F19). */
  readonly version: number;
  readonly type: string;
  readonly fields: readonly Field[];
  readonly encodings: Json;
  /** Rows as they are; else the engine groups by the fields that are not aggregates. */
  readonly raw: boolean;
  readonly mark?: JsonObject;
}

function chart({ name, title, dataset, box, version, type, fields, encodings, raw, mark }: Chart): JsonObject {
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
      spec: {
        version,
        widgetType: type,
        encodings,
        ...(mark === undefined ? {} : { mark }),
        frame: { showTitle: true, title },
      },
    },
  };
}

export function counter(request: WidgetRequest, value: Field): JsonObject {
  return chart({
    ...request,
    version: 2,
    type: 'counter',
    fields: [value],
    encodings: { value: shown(value) },
    raw: false,
  });
}

export interface Axes {
  readonly x: Field;
  readonly y: Field;
  readonly color?: Field;
}

function fieldsOf({ x, y, color }: Axes): readonly Field[] {
  return [x, y, ...(color === undefined ? [] : [color])];
}

export function line(request: WidgetRequest, axes: Axes): JsonObject {
  const { x, y, color } = axes;
  const encodings = {
    x: encoded(x, 'temporal'),
    y: encoded(y, 'quantitative'),
    ...(color === undefined ? {} : { color: encoded(color, 'categorical') }),
  };
  return chart({ ...request, version: 3, type: 'line', fields: fieldsOf(axes), encodings, raw: false });
}

/** Bars from left to right, the names at their left, the longest bar first; with colours one beside the other. */
export function bars(request: WidgetRequest, axes: Axes): JsonObject {
  const { x, y, color } = axes;
  const encodings = {
    x: encoded(x, 'quantitative'),
    y: encoded(y, 'categorical', { sort: { by: 'x-reversed' } }),
    ...(color === undefined ? {} : { color: encoded(color, 'categorical') }),
  };
  const mark = color === undefined ? {} : { mark: { layout: 'group' } };
  return chart({ ...request, version: 3, type: 'bar', fields: fieldsOf(axes), encodings, raw: false, ...mark });
}

/** A dot for each row. */
export function scatter(request: WidgetRequest, axes: Axes): JsonObject {
  const { x, y, color } = axes;
  const encodings = {
    x: encoded(x, 'quantitative'),
    y: encoded(y, 'quantitative'),
    ...(color === undefined ? {} : { color: encoded(color, 'categorical') }),
  };
  return chart({ ...request, version: 3, type: 'scatter', fields: fieldsOf(axes), encodings, raw: true });
}

export function heatmap(request: WidgetRequest, axes: Required<Axes>): JsonObject {
  const { x, y, color } = axes;
  const encodings = {
    x: encoded(x, 'categorical'),
    y: encoded(y, 'categorical'),
    color: encoded(color, 'quantitative', { colorRamp: { mode: 'scheme', scheme: 'viridis' } }),
  };
  return chart({ ...request, version: 3, type: 'heatmap', fields: fieldsOf(axes), encodings, raw: false });
}

export function table(request: WidgetRequest, columns: readonly Field[]): JsonObject {
  const encodings = { columns: columns.map(shown) };
  return chart({ ...request, version: 2, type: 'table', fields: columns, encodings, raw: true });
}
