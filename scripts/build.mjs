/**
 * Bundles src/main.ts for Node 20: dist/main.cjs, and beside it one file for each part that is loaded only when it is
 * needed, so that a client that asks for the list of tools does not wait for the HTTP client or the sandbox. Beside them
 * dist/card.html, the launch card: one page without any other file.
 */
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { laterSchemas } from "./made-when-used.mjs";
import { lazySchemas } from "./schemas-when-used.mjs";

/** Dynamic imports that become files of their own, by what they import; all others stay in main.cjs. */
const later = [
  "undici",
  "html-to-text",
  "papaparse",
  "ioredis",
  "redis-semaphore",
  "jose",
  "src/sandbox/index.ts",
  "src/mcp/http/index.ts",
  "src/mcp/http/metrics.ts",
  "src/cli/demo.ts",
  "src/cli/doctor/index.ts",
  "src/cli/ledger.ts",
  "src/cli/verify/index.ts",
  "src/cli/approve.ts",
  "src/cli/files/index.ts",
  "src/operations/support/unblockable.ts",
  "src/accounts/pool.ts",
  "src/mcp/extras.ts",
  "src/mcp/handshake.ts",
  "src/mcp/modern/over-stdio.ts",
  "src/mcp/modern/over-http.ts",
];
const fileOf = (entry) => `${basename(entry.replace(/\/index\.ts$/, ""), ".ts")}.cjs`;

/** What a dynamic import means: a package by its name, a file of ours by its path from here. */
const entryOf = (path, folder) => (path.startsWith(".") ? relative(root, resolve(folder, path)) : path);
const root = join(import.meta.dirname, "..");

const ownFiles = {
  name: "own-files",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const entry = entryOf(path, resolveDir).replaceAll("\\", "/");
      return later.includes(entry) ? { path: `./${fileOf(entry)}`, external: true } : undefined;
    });
  },
};

/** The SDKs' default JSON Schema validators are not used by our servers (see src/mcp/server.ts) and would be 100 kB to parse at start. */
const withoutAjv = (filter) => ({
  name: "without-ajv",
  setup({ onLoad }) {
    onLoad({ filter }, () => ({
      contents:
        "export class AjvJsonSchemaValidator {}; export { AjvJsonSchemaValidator as n, AjvJsonSchemaValidator as t };",
    }));
  },
});
const servers = /(?:validation[\\/]ajv-provider\.js|server[\\/]dist[\\/]ajvProvider-\w+\.mjs)$/;
/** The demo's client checks results by its own. */
const serverOfToday = /server[\\/]dist[\\/]ajvProvider-\w+\.mjs$/;

/** No server of ours makes JSON Schemas of zod's: the list of tools is made beforehand, by another package. */
const withoutJsonSchemas = {
  name: "without-json-schemas",
  setup({ onLoad }) {
    const modules = /zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/;
    onLoad({ filter: modules }, async ({ path }) => {
      const names = [...(await readFile(path, "utf8")).matchAll(/^export (?:const|function|class) (\w+)/gm)];
      const none = '() => { throw new Error("There are no JSON Schemas here."); }';
      return {
        contents: names
          .map(([, name]) => `export const ${name} = ${name.startsWith("create") ? `() => ${none}` : none};`)
          .join("\n"),
      };
    });
  },
};

/** JSON is a file of its own beside the code, once for all that read it: quicker than the same as code. */
const jsonBeside = {
  name: "json-beside",
  setup({ onResolve, initialOptions }) {
    onResolve({ filter: /^\..*\.json$/ }, async ({ path, resolveDir }) => {
      const name = basename(path);
      if (initialOptions.write !== false) {
        const value = JSON.parse(await readFile(join(resolveDir, path), "utf8"));
        await writeFile(join(dirname(initialOptions.outfile), name), JSON.stringify(value));
      }
      return { path: `./${name}`, external: true };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  supported: { "dynamic-import": false },
  define: { "import.meta.dirname": "__dirname" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** What a client of SDK 1.x waits for is made small by more than the rest. */
const pluginsOf = (entry) =>
  entry === "src/mcp/handshake.ts"
    ? [ownFiles, withoutAjv(servers), withoutJsonSchemas, jsonBeside, lazySchemas]
    : [ownFiles, withoutAjv(serverOfToday), withoutJsonSchemas, jsonBeside, laterSchemas];

/** One file of dist. test/mcp/start.test.ts holds those small that a client waits for. */
export function bundleFile(entry, outfile, more = {}) {
  return build({ ...common, entryPoints: [entry], outfile, plugins: pluginsOf(entry), ...more });
}

export async function bundle(outdir = "dist") {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const page = await card(outdir);
  // The address of the page says which one it is (src/mcp/card-uri.ts).
  const define = { ...common.define, CARD_VERSION: JSON.stringify(page.version) };
  const banner = { js: `#!/usr/bin/env node\n${await oldNodeNotice()}` };
  const results = [page, await bundleFile("src/main.ts", join(outdir, "main.cjs"), { define, banner })];
  for (const entry of later) {
    results.push(await bundleFile(entry, join(outdir, fileOf(entry)), { define }));
  }
  await chmod(join(outdir, "main.cjs"), 0o755);
  await writeFile(
    join(outdir, "THIRD-PARTY-NOTICES.txt"),
    await notices(results.map((result) => result.metafile)),
  );
}

/** The page with its style and its one script, which its policy names by its hash: no other script runs in it. */
async function card(outdir) {
  const inPage = {
    bundle: true,
    minify: true,
    target: "es2022",
    write: false,
    legalComments: "none",
    logLevel: "warning",
  };
  const script = await build({
    ...inPage,
    entryPoints: ["src/card/main.tsx"],
    format: "iife",
    metafile: true,
  });
  const style = await build({ ...inPage, entryPoints: ["src/card/style.css"] });
  // Either would end or disturb the script element.
  const code = script.outputFiles[0].text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const parts = {
    SCRIPT_HASH: `sha256-${createHash("sha256").update(code).digest("base64")}`,
    SCRIPT: code,
    STYLE: style.outputFiles[0].text,
  };
  const page = await readFile("src/card/page.html", "utf8");
  const html = page.replace(/SCRIPT_HASH|\/\* (SCRIPT|STYLE) \*\//g, (all, part = all) => parts[part]);
  await writeFile(join(outdir, "card.html"), html);
  return { ...script, version: createHash("sha256").update(html).digest("hex").slice(0, 8) };
}

/** In old syntax and first, so that an old Node says what is wrong instead of failing on something it cannot parse. */
async function oldNodeNotice() {
  const { engines } = JSON.parse(await readFile("package.json", "utf8"));
  const least = engines.node.replace(">=", "");
  const advice =
    "Install the LTS version from https://nodejs.org. Where several are installed, name the newer one by its full path as the command in your assistant's configuration.";
  // A function of its own, because the minified code beside it uses every short name.
  return `(function(){var have=process.versions.node.split(".").map(Number),need="${least}".split(".").map(Number),i=0;while(i<2&&have[i]===need[i])i++;if(have[i]<need[i]){process.stderr.write("woodpecker-campaigns-mcp needs Node ${least} or newer; this is "+process.versions.node+" ("+process.execPath+"). ${advice}\\n");process.exit(2)}})();`;
}

/** The licence of every package whose code is in the bundle. */
async function notices(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(
    inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  const texts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const files = (await readdir(folder))
      .filter((entry) => /^(?:licen[cs]e|copying|notice)/i.test(entry))
      .sort();
    // Without the text of its licence nobody may pass it on.
    if (!files.some((entry) => !/^notice/i.test(entry)))
      throw new Error(`${name} has no text of its licence (${license})`);
    const parts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    texts.push(`${name} ${version}\n${"-".repeat(60)}\n${parts.map((part) => part.trim()).join("\n\n")}\n`);
  }
  // The table of holidays is data of packages that are no part of the code.
  texts.push(await readFile("src/model/holidays-notice.txt", "utf8"));
  return `This software contains the following packages.\n\n${texts.join("\n\n")}`;
}

if (process.argv[1] && import.meta.url.endsWith("build.mjs") && dirname(process.argv[1]).endsWith("scripts"))
  await bundle();
