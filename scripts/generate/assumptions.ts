/** The rows of docs/assumptions.md: an id for each that has none, and what `verify` prints of them. */

interface Row {
  id: string;
  open: string;
}

/** @returns the document with an id in every row, and the rows */
export function numbered(document: string): { text: string; rows: Row[] } {
  const lines = document.split("\n");
  const taken = [...document.matchAll(/^\| A(\d+) \|/gm)].map(([, number]) => Number(number));
  let last = Math.max(0, ...taken);
  const rows: Row[] = [];
  let isTable = false;
  const text = lines.map((line) => {
    if (/^\| Id \|/.test(line)) isTable = true;
    if (!isTable || !line.startsWith("| ") || /^\| (?:Id |-)/.test(line)) return line;
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    const id = /^A\d+$/.test(cells[0] ?? "")
      ? (cells.shift() as string)
      : `A${String(++last).padStart(2, "0")}`;
    rows.push({ id, open: cells[0] ?? "" });
    return `| ${[id, ...cells].join(" | ")} |`;
  });
  return { text: text.join("\n"), rows };
}
