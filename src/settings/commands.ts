/** The commands for people, once: --help and the parsing come from here. */

export interface CommandForm {
  about: string;
  /** The words after it: <one> to be filled in, or the word itself. */
  operands?: readonly string[];
  /** The last of them may stand there several times. */
  many?: true;
  /** Stands in place of them. */
  or?: string;
}

export const commands = {
  sandbox: { about: "only the sandbox, as an HTTP API for other programs" },
  demo: { about: "play a whole campaign life against the sandbox" },
  doctor: { about: "check the key, the connection and the mailboxes" },
  verify: { about: "hold what this program assumes about Woodpecker's API against your account; reads only" },
  ledger: {
    operands: ["verify|show"],
    about: "verify: is the ledger of writes whole and unchanged? show: what was changed, newest first",
  },
  approve: { about: "show what waits for a person's word, and take yes or no (WOODPECKER_FORMS=require)" },
  list: { about: "the campaigns of the account: id, status, e-mails a day, sender, name" },
  export: {
    operands: ["<id>"],
    many: true,
    or: "--all",
    about: "campaigns as YAML files: one on stdout or with -o, several into a folder with --dir",
  },
  apply: { operands: ["<file>"], many: true, about: "change campaigns as their files say, or make new ones" },
  import: { operands: ["<people.csv>"], about: "add the people of a CSV file, or enrol them in a campaign" },
} as const satisfies Record<string, CommandForm>;
export type Command = keyof typeof commands | "serve";

/** "export <id>… | --all" */
export const usageOf = (name: string, { operands = [], many, or }: CommandForm) =>
  `${[name, ...operands].join(" ")}${many ? "…" : ""}${or ? ` | ${or}` : ""}`;
