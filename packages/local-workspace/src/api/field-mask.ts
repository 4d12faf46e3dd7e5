import { ShapeFault } from './reader.ts';

/** The fields that a mask may name, by their places; a field without an entry below it can only be named as a whole. */
export interface MaskTree {
  readonly [field: string]: MaskTree;
}

export type MaskPath = readonly string[];
export type MaskedFields = Readonly<Record<string, unknown>>;

/** A field that a mask names as a whole, such as text or a list. */
export const maskLeaf: MaskTree = {};

/** Splits a mask, `display_name,evaluation.threshold`, and refuses paths that are not in the tree. `*` counts as known. */
export function parseFieldMask(mask: string, tree: MaskTree): readonly MaskPath[] {
  const paths = mask.split(',').map((path) => path.split('.'));
  const unknown = paths.find((path) => !isKnown(path, { ...tree, '*': maskLeaf }));
  if (unknown !== undefined) throw new ShapeFault(['update_mask'], `unknown path '${unknown.join('.')}'`);
  return paths;
}

/** The value at a path, `undefined` where nothing is. */
export function valueAt(fields: MaskedFields, path: MaskPath): unknown {
  return path.reduce<unknown>((value, part) => (isFields(value) ? value[part] : undefined), fields);
}

/** The same fields with another value at a path; `undefined` clears it. */
export function withValueAt(fields: MaskedFields, path: MaskPath, value: unknown): MaskedFields {
  const [field = '', ...rest] = path;
  const { [field]: old, ...others } = fields;
  if (rest.length > 0) {
    if (value === undefined && !isFields(old)) return fields;
    return { ...others, [field]: withValueAt(isFields(old) ? old : {}, rest, value) };
  }
  return value === undefined ? others : { ...others, [field]: value };
}

function isKnown(path: MaskPath, root: MaskTree): boolean {
  let tree: MaskTree | undefined = root;
  for (const part of path) tree = tree !== undefined && Object.hasOwn(tree, part) ? tree[part] : undefined;
  return tree !== undefined;
}

function isFields(value: unknown): value is MaskedFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
