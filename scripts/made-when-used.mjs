/**
 * The 2.x packages of the protocol make the schemas of every message at import, and all of an era with its first message: half
 * of what their start takes. In the bundle each is made when something is first asked of it: `const X = z…` becomes
 * `const X = later(() => z…)`, at the top of their modules and in the functions that build an era. What a schema is made of and
 * what it accepts stays theirs.
 */
import { readFile } from "node:fs/promises";

const builder = /^function build(?:\$\d)?\(\) \{\n[\s\S]*?^\}/gm;
const inBuilder = /^\tconst ([\w$]+) = (?!\()([\s\S]*?);(?=\n+\t(?:const|function|return|\/))/gm;
/** A schema, or a set or an object of what schemas hold. */
const atTop = /^const ([A-Z]\w*) = ((?:z\.|\w+Schema\b|new Set\(|\{)[\s\S]*?);(?=\n+(?:\w|\/|$))/gm;
const ofSchemas = /\bz\.|Schema\b/;

/** A list of every type by its name, for programs that check one by themselves; it would hold every schema in the bundle. */
const registered = /^for \(const .*\) register\(.*\);$/gm;

export function madeWhenUsed(source) {
  return source
    .replace(builder, (body) => body.replace(inBuilder, "\tconst $1 = /* @__PURE__ */ later(() => ($2));"))
    .replace(atTop, (all, name, value) =>
      ofSchemas.test(value) ? `const ${name} = /* @__PURE__ */ later(() => (${value}));` : all,
    )
    .replace(registered, "");
}

const later = `
function later(make) {
  let made;
  const get = () => (made ??= make());
  return new Proxy({}, {
    get(_, key) {
      const value = get()[key];
      return made instanceof Set && typeof value === "function" ? value.bind(made) : value;
    },
    has: (_, key) => key in get(),
    ownKeys: () => Reflect.ownKeys(get()),
    getOwnPropertyDescriptor(_, key) {
      const found = Reflect.getOwnPropertyDescriptor(get(), key);
      return found && { ...found, configurable: true };
    },
  });
}`;

export const laterSchemas = {
  name: "made-when-used",
  setup({ onLoad }) {
    const modules = /(?:core[\\/]dist[\\/](?:schemas|auth)|server[\\/]dist[\\/]src)-[\w-]+\.mjs$/;
    onLoad({ filter: modules }, async ({ path }) => ({
      contents: madeWhenUsed(await readFile(path, "utf8")) + later,
    }));
  },
};
