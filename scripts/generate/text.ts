/** Files as they are committed: JSON, and the tables of Markdown. */

export const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

export const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (...cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;

export const table = (head: readonly string[], rows: readonly string[][]): string[] => [
  row(...head),
  row(...head.map(() => "---")),
  ...rows.map((cells) => row(...cells)),
];
