/** Reading what an API sent without trusting its types: the value if it is of the kind, else nothing. */

export type Loose = Record<string, unknown>;

export function isObject(value: unknown): value is Loose {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

export function asObject(value: unknown): Loose {
  return isObject(value) ? value : {};
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Numbers also when they came as digits in a string. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

export function asNumbers(value: unknown): number[] {
  return asArray(value).flatMap((entry) => asNumber(entry) ?? []);
}

/** The object without the keys whose value is undefined, so that absent stays absent in JSON and in comparisons. */
export function present<T extends Loose>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** What stands under this very name; never what every object inherits, such as `toString`. */
export function own<T>(
  map: { readonly [name: string]: T } | readonly T[] | Loose,
  name: string | number,
): T | undefined {
  return Object.hasOwn(map, name) ? (map as Record<string | number, T>)[name] : undefined;
}
