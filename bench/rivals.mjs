/**
 * The six servers of the npm registry that start without an account, each by its exact version, in a folder outside the
 * repository and with install scripts disabled. They get dummy keys and, where they take one, a closed loopback port.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const NOWHERE = "http://127.0.0.1:9";
const ENTRY = "dist/index.js";

const rivals = [
  { name: "Instantly", package: "instantly-mcp", version: "1.0.5", args: ["--api-key", "dummy"] },
  {
    name: "ColdBirds",
    package: "@coldbirds/mcp-server",
    version: "1.0.15",
    env: { COLDBIRDS_API_KEY: "dummy", COLDBIRDS_API_URL: NOWHERE },
  },
  {
    name: "HubSpot",
    package: "@hubspot/mcp-server",
    version: "0.4.0",
    env: { PRIVATE_APP_ACCESS_TOKEN: "dummy" },
  },
  {
    name: "Resend",
    package: "resend-mcp",
    version: "2.22.0",
    // Refuses older versions of Node.
    node: 22,
    env: { RESEND_API_KEY: "re_dummy" },
  },
  { name: "HubSpot marketing", package: "hubspot-marketing-mcp", version: "1.0.0" },
  {
    // Listens on port 3000 too, and stays when its client goes: always ended by its process id.
    name: "HubSpot (shinzo)",
    package: "@shinzolabs/hubspot-mcp",
    version: "2.0.5",
    env: { TELEMETRY_ENABLED: "false" },
  },
];

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "woodpecker-campaigns-mcp-bench");

/** Each rival with how to start it, or with the word why it is left out. */
export function fetchRivals() {
  let reachable = true;
  return rivals.map((rival) => {
    const folder = join(cache, `${rival.package.replace(/[@/]/g, "_")}-${rival.version}`);
    const entry = join(folder, "node_modules", rival.package, ENTRY);
    if (!existsSync(entry)) {
      reachable &&= install(folder, rival);
      if (!reachable) return { ...rival, skipped: "registry not reachable" };
    }
    if (!existsSync(entry)) return { ...rival, skipped: `no ${ENTRY} in the package` };
    return { ...rival, argv: [entry, ...(rival.args ?? [])] };
  });
}

const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"];

function install(folder, { package: name, version }) {
  process.stderr.write(`fetching ${name}@${version} into ${folder}\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  const { status } = spawnSync("npm", ["install", ...quietly, `${name}@${version}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore"],
    timeout: 120_000,
    shell: process.platform === "win32",
  });
  return status === 0;
}
