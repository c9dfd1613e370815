/** The documents: whatever one of them links to is there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const pages = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

it.each(pages)("%s links to what is there", (page) => {
  const text = readFileSync(page, "utf8").replace(/```[\s\S]*?```/g, "");
  const links = [...text.matchAll(/(?:\]\(|\bsrc=")(?!https?:|#)([^)#"\s]+)/g)].map(
    ([, link]) => link as string,
  );
  for (const link of links) expect(existsSync(join(dirname(page), link)), link).toBe(true);
});

it("are all found from docs/README.md", () => {
  const index = readFileSync("docs/README.md", "utf8");
  for (const name of readdirSync("docs").filter((file) => file.endsWith(".md") && file !== "README.md"))
    expect(index).toContain(`(${name})`);
});
