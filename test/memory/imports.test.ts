/** Whom imports brought in: known for thirty days, in memory or in the state folder, and no longer. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createImports, type Imports, keepImports } from "../../src/memory/imports.ts";
import { openStateFolder } from "../../src/memory/state-folder.ts";
import { newFolder } from "../support/folder.ts";

const DAY = 24 * 60 * 60 * 1000;
const part = { at: 0, campaign: 7, created: [1, 2], enrolled: [3] };

describe("an import", () => {
  const folder = newFolder();
  const kinds: [string, (now: () => number) => Imports][] = [
    ["in memory", (now) => createImports(now)],
    ["in the state folder", (now) => keepImports(openStateFolder(folder), "tenant", now)],
  ];

  it.each(kinds)("%s is known with all its parts for thirty days", async (_name, open) => {
    let now = 0;
    const imports = open(() => now);
    await imports.add("1-a", part);
    await imports.add("1-a", { ...part, created: [2, 4], enrolled: [] });
    await imports.add("1-b", { ...part, created: [9] });
    expect(await imports.find("1-a")).toEqual({ ...part, created: [1, 2, 4] });
    expect(await imports.find("1-c")).toBeUndefined();
    now = 30 * DAY;
    expect(await imports.find("1-a")).toBeDefined();
    now = 31 * DAY;
    expect(await imports.find("1-a")).toBeUndefined();
  });

  it("leaves the folder when its time is over", async () => {
    const place = newFolder();
    let now = 0;
    const imports = keepImports(openStateFolder(place), "tenant", () => now);
    await imports.add("1-a", part);
    now = 31 * DAY;
    await imports.add("1-b", { ...part, at: now });
    expect(readdirSync(join(place, "imports-tenant"))).toHaveLength(1);
  });

  it("is of one account, and known to other processes of it", async () => {
    const place = newFolder();
    const open = (tenant: string) => keepImports(openStateFolder(place), tenant, () => 0);
    await open("one").add("1-a", part);
    expect(await open("one").find("1-a")).toEqual(part);
    expect(await open("two").find("1-a")).toBeUndefined();
  });

  it("is known while the process lives where the folder cannot be written, and damage is no defect", async () => {
    const place = newFolder();
    writeFileSync(join(place, "imports-tenant"), "in the way");
    const imports = keepImports(openStateFolder(place), "tenant", () => 0);
    await imports.add("1-a", part);
    expect(await imports.find("1-a")).toEqual(part);
    const other = newFolder();
    const kept = keepImports(openStateFolder(other), "tenant", () => 0);
    await kept.add("1-a", part);
    for (const name of readdirSync(join(other, "imports-tenant")))
      writeFileSync(join(other, "imports-tenant", name), "{");
    expect(await keepImports(openStateFolder(other), "tenant", () => 0).find("1-a")).toBeUndefined();
  });
});
