/** The table and the tests name the same rows, and the page says where each is tested. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultTable } from "../../scripts/generate/faults.ts";
import { parts } from "./table.ts";

const rows = parts.flatMap(({ rows: all }) => all);

/** The ids for which a file has a test, by its own name or as the first of a line of a table. */
function idsIn(file: string): string[] {
  const text = readFileSync(`test/faults/${file}.test.ts`, "utf8");
  return Array.from(text.matchAll(/(?:fault\(|\[)\s*"(F\d+)"/g), ([, id]) => id as string);
}

describe("the fault table", () => {
  it("has every id once", () => {
    const ids = rows.map(({ id }) => id);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it.each(parts.map((part) => [part.title, part] as const))(
    "%s: each row has a test, or says why not",
    (_title, { files, rows: own }) => {
      const tested = new Set(files.flatMap(idsIn));
      const needed = own.filter(({ elsewhere, without }) => !elsewhere && !without).map(({ id }) => id);
      expect([...tested].sort()).toEqual(needed.sort());
      for (const { elsewhere } of own) if (elsewhere) expect(existsSync(elsewhere)).toBe(true);
    },
  );

  it("is written out with every row", () => {
    const page = faultTable();
    for (const { id } of rows) expect(page).toContain(`| ${id} |`);
  });
});
