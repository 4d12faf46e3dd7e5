const placeholder = /\{\{\s*(\w+)\s*\}\}/gu;
const frameColumn = /\{\{\s*(current_df|base_df)\s*\}\}\s*\.\s*(`(?:[^`]|``)+`|\w+)/gu;

/** Puts column names in the place of `{{input_column}}` and the like; throws for a placeholder without a value. */
export function fillPlaceholders(definition: string, values: Readonly<Record<string, string | undefined>>): string {
  return definition.replaceAll(placeholder, (text, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the placeholder ${text} has no value here`);
    return backticks(value);
  });
}

/** `{{current_df}}.m` becomes the name that `frameName` gives the metric `m` of the current window. */
export function fillFrames(definition: string): string {
  const text = definition.replaceAll(frameColumn, (_, frame: Frame, name: string) =>
    backticks(frameName(frame, name.startsWith('`') ? name.slice(1, -1).replaceAll('``', '`') : name)),
  );
  return fillPlaceholders(text, {});
}

export type Frame = 'current_df' | 'base_df';

/** Name of a metric of one side in the relation of pairs. */
export function frameName(frame: Frame, metric: string): string {
  return `${frame}.${metric.toLowerCase()}`;
}

function backticks(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
