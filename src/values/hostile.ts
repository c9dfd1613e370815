/** Values that are made to do harm: too deep, too large, or with names that reach prototypes. */
import { InputFailure, type Path, unfit } from "./fault.ts";

const forbidden = new Set(["__proto__", "constructor", "prototype"]);
const MAX_DEPTH = 100;
const MAX_ELEMENTS = 20_000;

/** Depth and size are bounded before anything recursive looks at the value; keys that reach prototypes are refused. */
export function refuseHostile(value: unknown, from: Path): void {
  const open: { value: unknown; path: Path }[] = [{ value, path: from }];
  let elements = 0;
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.value === null || typeof at.value !== "object") continue;
    if (at.path.length > MAX_DEPTH)
      throw new InputFailure([{ path: from, message: `is nested more than ${MAX_DEPTH} levels deep` }]);
    for (const [key, inner] of Object.entries(at.value)) {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw unfit([], `have more than ${MAX_ELEMENTS} elements; send fewer`);
      const path = [...at.path, Array.isArray(at.value) ? Number(key) : key];
      if (forbidden.has(key)) throw new InputFailure([{ path, message: ": this name is not allowed" }]);
      open.push({ value: inner, path });
    }
  }
}
