/** The text of a table (CSV, or cells copied out of a sheet) as its rows. Nothing is said of what the cells mean. */

export interface TableRow {
  /** Counted from the first line below the header, empty ones too, as a sheet shows them. */
  row: number;
  cells: string[];
}

export interface Table {
  header: string[];
  rows: TableRow[];
}

/** Far more than five hundred people with every field take. */
const MAX_TABLE = 2_000_000;

/** Exports may begin with a title or a note. */
const MAX_BEFORE_HEADER = 10;

/**
 * @param isHeader whether these are names of columns; where none is among the first rows, the first one is taken for it
 * @returns the table, or why it is not one, to go on after "csv "
 */
export async function readTable(
  given: string,
  isHeader: (cells: readonly string[]) => boolean,
): Promise<Table | string> {
  const text = given.replace(/^\uFEFF/, "");
  const problem = notATable(text);
  if (problem) return problem;
  const { parse } = (await import("papaparse")).default;
  const { separator, body } = separatorOf(text);
  const { data, errors } = parse<string[]>(body, { delimiter: separator, header: false });
  const [open] = errors.filter(({ code }) => code === "MissingQuotes");
  if (open)
    return `has a quote that is opened and never closed, in or after row ${Math.max(open.row ?? 1, 1)}; a quote inside a quoted cell is written twice`;
  const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");
  const named = data.slice(0, MAX_BEFORE_HEADER).findIndex(isHeader);
  const first = named < 0 ? data.findIndex((cells) => !isEmpty(cells)) : named;
  const header = (data[first] ?? []).map((name) => name.trim());
  const rows = data
    .slice(first + 1)
    // Below the header of a Markdown table.
    .filter(
      (cells, index) =>
        index > 0 || !cells.every((cell) => /^\s*:?-{2,}:?\s*$|^\s*$/.test(cell)) || isEmpty(cells),
    )
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ cells }) => !isEmpty(cells));
  return { header, rows };
}

function notATable(text: string): string | undefined {
  if (text.trim() === "") return "is empty";
  if (text.length > MAX_TABLE)
    return `has ${text.length} characters, more than 500 people take; leave out columns, or import in parts`;
  // Nothing that people write holds a NUL.
  if (text.includes("\0")) return "is not text; save the sheet as CSV and give what is in that file";
  const line = text.trim();
  const isOneLine = !/[\r\n]/.test(line);
  if (
    isOneLine &&
    /^(?:[a-z][\w+.-]*:\/\/|file:|~?\.{0,2}[\\/]|[a-z]:\\)|\.(?:csv|tsv|txt|xlsx?|ods)$/i.test(line)
  )
    return "takes the text of the table itself, not a path or an address of it; for a file there is the command: woodpecker-campaigns-mcp import <people.csv>";
  return undefined;
}

/** What separates most cells in one of the first lines, outside quotes; Excel's own first line "sep=;" says it. */
function separatorOf(text: string): { separator: string; body: string } {
  const told = /^sep=(.)\r?\n/i.exec(text);
  if (told) return { separator: told[1] as string, body: text.slice(told[0].length) };
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n?|\n/)
    .slice(0, 10);
  const most = (sign: string) => Math.max(...lines.map((line) => line.split(sign).length));
  const counts = ["\t", ";", ",", "|"].map((sign) => ({ sign, count: most(sign) }));
  const best = counts.reduce((one, other) => (other.count > one.count ? other : one));
  return { separator: best.count > 1 ? best.sign : ",", body: text };
}
