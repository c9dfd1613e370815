/** Small checks of JSON values, from which the others are built. */

export type Check = (value: unknown) => boolean;

export const anything: Check = () => true;
export const isString: Check = (value) => typeof value === "string";
export const isFilled: Check = (value) => typeof value === "string" && value.trim() !== "";
export const isBoolean: Check = (value) => typeof value === "boolean";
export const isAddress = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 254 && /^[^\s@,]+@[^\s@,]+\.[^\s@.,]+$/.test(value);
export const isId: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;

export const isInteger =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

export const isOneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

export const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const isList =
  (check: Check, least = 0, most = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(check);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * An object with every required field and no field beside the named ones. Whether the API refuses or ignores
 * unknown fields is undocumented; refusing shows a misspelt one at once, which is what a sandbox is for.
 */
export const isObject =
  (required: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  (value) => {
    if (!isRecord(value)) return false;
    if (!Object.keys(required).every((name) => Object.hasOwn(value, name))) return false;
    const checks = new Map(Object.entries({ ...required, ...optional }));
    return Object.entries(value).every(([name, field]) => checks.get(name)?.(field) ?? false);
  };
