/** `import <people.csv>`: people from a file, read, cleaned and asked about as save_prospects does. */
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { type AccountParts, createAccount, type Protocol } from "../../accounts/account.ts";
import { permitted } from "../../calls/effects.ts";
import { type Cleaned, isBlankOnly } from "../../model/people-list.ts";
import { operations } from "../../operations/index.ts";
import { listLines } from "../../operations/support/saved-people.ts";
import type { Settings } from "../../settings/index.ts";
import type { CallResult } from "../../values/call-result.ts";
import { quoted } from "../../values/foreign.ts";
import { asObject, type Loose } from "../../values/loose.ts";
import { agrees, type Terminal } from "../terminal.ts";
import { decode } from "./decode.ts";
import { asCommand } from "./words.ts";

type Flags = Pick<Settings, "access" | "toolsets" | "dryRun" | "campaign" | "columns">;

/** Far above what five hundred people take. */
const MAX_BYTES = 8_000_000;

/** @returns the exit code: 0 done, 1 not done, 2 the file cannot be used */
export async function importFile(
  path: string,
  flags: Flags,
  parts: AccountParts,
  terminal: Terminal,
): Promise<number> {
  const { print } = terminal;
  if (!permitted(operations, flags.access, flags.toolsets).some(({ name }) => name === "save_prospects")) {
    terminal.say(
      `To import people is not allowed here: not with --access ${flags.access} and --toolsets ${flags.toolsets.join(",")}. Nothing was changed.`,
    );
    return 1;
  }
  const csv = readText(path);
  if (typeof csv === "object") {
    terminal.say(`${path}: ${csv.fault}.`);
    return 2;
  }
  const args: Loose = {
    csv,
    ...(flags.campaign !== undefined && { campaign_id: flags.campaign }),
    ...(flags.columns && { columns: flags.columns }),
  };
  // The person sits here: whatever the client of an assistant shows, this asks and is answered.
  const account = (dryRun: boolean) => createAccount({ ...parts, forms: "auto", dryRun });
  const file = basename(path);
  const before = await account(true).call("save_prospects", args, caller(terminal));
  if (before.isError) return failed(before, file, terminal, 2);
  const foreseen = before.structuredContent ?? {};
  print(showForeseen(foreseen, file));
  if (flags.dryRun) {
    print("Dry run: nothing was sent.");
    return 0;
  }
  if (foreseen.question && !terminal.ask) {
    terminal.say(String(foreseen.question));
    for (const [label, value] of Object.entries(asObject(foreseen.facts)))
      terminal.say(`  ${label}: ${value}`);
    terminal.say("Nobody can be asked here: run it in a terminal. Nothing was changed.");
    return 1;
  }
  const result = await account(false).call("save_prospects", args, caller(terminal));
  if (result.isError) return failed(result, file, terminal, 1);
  const done = result.structuredContent ?? {};
  print(asCommand(showDone(done), file));
  return done.outcome === "done" ? 0 : 1;
}

function readText(path: string): string | { fault: string } {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES)
      return {
        fault: `has ${Math.round(size / 1_000_000)} MB, far more than 500 people take; leave out columns, or import it in parts`,
      };
    const decoded = decode(readFileSync(path));
    return typeof decoded === "string" ? { fault: decoded } : decoded.text;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return { fault: troubles[code] ?? `cannot be read (${code})` };
  }
}

const troubles: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "may not be read",
  EISDIR: "is a folder",
};

/** So many are done before anybody wonders. */
const MAX_SILENT = 100;

function caller({ ask, print, say: tell, signal }: Terminal): Protocol {
  return {
    signal,
    caller: "import",
    person: "terminal",
    progress: (done, total = 0, message) => {
      if (total > MAX_SILENT && done < total) tell(message);
    },
    ...(ask && {
      async ask(message) {
        print(message);
        return (await agrees(ask)) ? { action: "accept", content: { confirm: true } } : { action: "decline" };
      },
    }),
  };
}

function failed({ content }: CallResult, file: string, { say: tell }: Terminal, code: number): number {
  const text = content.map((block) => block.text).join("\n");
  // A file that is fine may meet an account that is not.
  const isFile = text.includes("the arguments do not fit");
  tell(
    asCommand(
      text.replace(/^Save prospects: the arguments do not fit\./, `${file} cannot be imported as it is.`),
      file,
    ),
  );
  return isFile ? code : 1;
}

function showForeseen(result: Loose, file: string): string {
  const { new: fresh, known, refused, cleaned, warned } = asObject(result.counts);
  const lines = [
    `${file}: ${fresh} new, ${known} known already, ${refused} would be refused, ${cleaned} values cleaned, ${warned} to be looked at.`,
    ...cleanedLines(result.cleaned),
    ...listLines(result),
  ];
  return asCommand(lines.join("\n"), file);
}

const MAX_CLEANED = 20;

function cleanedLines(cleaned: unknown): string[] {
  const given = (cleaned ?? []) as Cleaned[];
  const all = given.filter((one) => !isBlankOnly(one));
  const blank = given.length - all.length;
  const lines = all
    .slice(0, MAX_CLEANED)
    .map(
      ({ row, field, before, after }) =>
        `- row ${row} ${field}: ${quoted(String(before), 60)} becomes ${quoted(String(after), 60)}`,
    );
  return [
    ...(blank > 0 ? [`- blanks around ${blank} ${blank === 1 ? "value" : "values"} are left out`] : []),
    ...lines,
    ...(all.length > lines.length ? [`- and ${all.length - lines.length} more`] : []),
  ];
}

/** Warnings and columns were shown before; who was refused by Woodpecker is new. */
function showDone({
  added = 0,
  updated = 0,
  duplicates = 0,
  rejected = 0,
  rows,
  change_id,
  outcome,
  ...more
}: Loose): string {
  const list = ((rows ?? []) as Loose[]).filter(({ code }) => code !== undefined && code !== "NOT_SENT");
  if (outcome === "deduplicated")
    return `The same import was carried out some minutes ago; nothing was sent now. ${more.note ?? ""}`;
  return [
    `Added ${added}, updated ${updated}, known already ${duplicates}, refused ${rejected}.`,
    ...listLines({ rows: list as never }),
    ...(change_id ? [`This import is ${change_id}; under this name an assistant can take it back.`] : []),
  ].join("\n");
}
