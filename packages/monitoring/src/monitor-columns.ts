import type { CatalogTable, Json, JsonObject, Place, Problem } from '@dpo/core';
import { findColumn, missingColumn } from './columns.ts';
import { granularityCode } from './granularity.ts';
import { detectProblemType, problemTypeCode } from './problem-type.ts';
import type { Setting } from './setting.ts';
import type { TableSettings } from './table-settings.ts';

/** The part of a monitor's spec that one profile type asks for, gathered with every fault found on the way. */
export interface ProfilePart {
  readonly spec: JsonObject;
  /** Path of the spec → origin. */
  readonly origins: Readonly<Record<string, Place>>;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** What is missing is a problem of the table's own entry. */
export interface PartRequest {
  readonly table: CatalogTable;
  readonly settings: TableSettings;
  readonly place: Place;
}

export function timeSeriesPart(request: PartRequest): ProfilePart {
  const part = new Part(request, 'time_series');
  part.column(
    'timestamp_column',
    request.settings.timeColumn(),
    "a TIMESERIES profile needs 'timeseries_timestamp_column'",
  );
  part.granularities();
  return part.done();
}

export function inferencePart(request: PartRequest): ProfilePart {
  const { settings } = request;
  const part = new Part(request, 'inference_log');
  part.column('timestamp_column', settings.text('timestamp_column'), "an INFERENCE profile needs 'timestamp_column'");
  part.column(
    'prediction_column',
    settings.text('prediction_column'),
    "an INFERENCE profile needs 'prediction_column'",
  );
  // https://docs.databricks.com: the API requires it although older tools called it optional (C01).
  part.column(
    'model_id_column',
    settings.text('model_id_column'),
    "an INFERENCE profile needs 'model_id_column'",
    "set it, or profile a view that adds a literal model id: SELECT *, 'v1' AS model_id FROM …",
  );
  part.column('label_column', settings.text('label_column'));
  part.column('prediction_probability_column', settings.text('prediction_probability_column'));
  part.granularities();
  part.problemType();
  return part.done();
}

class Part {
  readonly #request: PartRequest;
  readonly #prefix: string;
  readonly #members: Record<string, Json> = {};
  readonly #origins: Record<string, Place> = {};
  readonly #problems: Problem[] = [];
  readonly #notes: string[] = [];

  constructor(request: PartRequest, prefix: string) {
    this.#request = request;
    this.#prefix = prefix;
  }

  /** A setting that names a column; without `needed` it may be missing. */
  column(member: string, setting: Setting<string> | undefined, ...[needed, hint]: readonly string[]): void {
    const { table } = this.#request;
    if (setting === undefined) {
      if (needed !== undefined)
        this.#missing(needed, hint ?? `set it for the table, as tag, or under profile_defaults`);
      return;
    }
    const column = findColumn(table, setting.value);
    if (column === undefined) this.#problems.push(missingColumn(table, setting));
    else this.#set(member, column.name, setting.place);
  }

  granularities(): void {
    const setting = this.#request.settings.texts('granularities', 'granularity');
    if (setting === undefined) return;
    const codes = setting.value.map((text) => granularityCode(text)).filter((code) => code !== undefined);
    this.#set('granularities', [...new Set(codes)], setting.place);
  }

  problemType(): void {
    const { settings, table } = this.#request;
    const setting = settings.text('problem_type');
    if (setting !== undefined) {
      this.#set('problem_type', problemTypeCode(setting.value) ?? setting.value, setting.place);
      return;
    }
    const label = settings.text('label_column');
    const prediction = settings.text('prediction_column');
    const labelColumn = label === undefined ? undefined : findColumn(table, label.value);
    const predictionColumn = prediction === undefined ? undefined : findColumn(table, prediction.value);
    const column = labelColumn ?? predictionColumn;
    // A column that does not exist is reported already; a guess from another one would only confuse.
    if (column === undefined || (label !== undefined && labelColumn === undefined)) return;
    const detected = detectProblemType(column, labelColumn === undefined ? 'prediction' : 'label');
    if (detected === undefined) {
      this.#missing(
        "an INFERENCE profile needs 'problem_type'",
        `type ${column.type} of column '${column.name}' does not tell: set CLASSIFICATION or REGRESSION`,
      );
      return;
    }
    this.#set(
      'problem_type',
      detected.value,
      (labelColumn === undefined ? prediction : label)?.place ?? this.#request.place,
    );
    this.#notes.push(detected.reason);
  }

  done(): ProfilePart {
    return {
      spec: { [this.#prefix]: this.#members },
      origins: this.#origins,
      problems: this.#problems,
      notes: this.#notes,
    };
  }

  #set(member: string, value: Json, place: Place): void {
    this.#members[member] = value;
    this.#origins[`${this.#prefix}.${member}`] = place;
  }

  #missing(message: string, hint: string): void {
    const { table, place } = this.#request;
    this.#problems.push({
      code: 'CONFIG.INCOMPLETE',
      severity: 'error',
      message: `${table.fullName}: ${message}`,
      hint,
      place,
    });
  }
}
