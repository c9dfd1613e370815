/**
 * The SDK describes every message of the protocol by a zod schema and makes all 160 of them at import, half of the time
 * that our start takes. In the bundle each is made when it is first used: `const X = zod…` becomes
 * `const X = once(() => zod…)` in the SDK's types.js, and `X` becomes `X()` wherever a file imports it from there.
 */
import { readFile } from "node:fs/promises";

const declared = /^(export )?const ([A-Z]\w*Schema) = ([\s\S]*?);(?=\n+(?:\w|\/))/gm;

/** Comments, imports, texts and members of that name are left as they are. */
const mentioned =
  /\/\*[\s\S]*?\*\/|\/\/.*|^import[\s\S]*?;$|const \w+ =|(?<!\w\.|\w|['"])[A-Z]\w*Schema\b(?!['"])/gm;

export function schemasWhenUsed(source) {
  return source
    .replace(declared, "$1const $2 = /* @__PURE__ */ once(() => $3);")
    .replace(mentioned, (found) => (/^[A-Z]\w*Schema$/.test(found) ? `${found}()` : found));
}

const once = "\nfunction once(make) { let made; return () => (made ??= make()); }";

export const lazySchemas = {
  name: "schemas-when-used",
  setup({ onLoad }) {
    onLoad({ filter: /(?:sdk[\\/]dist[\\/]esm|src)[\\/].*\.[jt]s$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const declares = /sdk[\\/]dist[\\/]esm[\\/]types\.js$/.test(path);
      if (!declares && !/from ["'][^"']*\/types\.js["']/.test(source)) return undefined;
      return {
        contents: schemasWhenUsed(source) + (declares ? once : ""),
        loader: path.endsWith(".ts") ? "ts" : "js",
      };
    });
  },
};
