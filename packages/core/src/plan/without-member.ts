import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/**
 * The value without one member of the object at a path, and of its like: `ops[3].changes[0]` means every change of every
 * op. A newer document has the same new member many times, and each is taken out once.
 */
export function withoutMember(value: Json, path: string, member: string): Json {
  const steps = path === '' ? [] : path.split(/\.|(?=\[\d+\])/u);
  return without(value, steps, member);
}

function without(value: Json, [step, ...rest]: readonly string[], member: string): Json {
  if (step?.startsWith('[') === true)
    return isJsonArray(value) ? value.map((item) => without(item, rest, member)) : value;
  if (!isJsonObject(value)) return value;
  if (step === undefined) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== member));
  const inner = value[step];
  return inner === undefined ? value : { ...value, [step]: without(inner, rest, member) };
}
