/** Options that belong to one command each; options.ts holds them to its form. */

export const commandOptions = {
  output: {
    path: true,
    flag: "output",
    short: "o",
    value: "file",
    only: "export",
    about: "export of one campaign: the file to write, or to bring up to date, instead of stdout.",
  },
  all: { flag: "all", only: "export", about: "export: all campaigns of the account, one file each." },
  dir: {
    path: true,
    flag: "dir",
    value: "folder",
    only: "export",
    about:
      "export: the folder for the files, campaigns where it is not given; a file there is found again by its id, whatever it is called.",
  },
  makeEditable: {
    flag: "make-editable",
    only: "apply",
    about:
      "apply: put a started campaign into EDITED first, in which it sends nothing until it is run again.",
  },
  yes: {
    flag: "yes",
    only: "apply",
    about: "apply: agree beforehand to the deletion of steps, and to a second campaign of a name.",
  },
  noWrite: {
    flag: "no-write",
    only: "apply",
    about: "apply: do not write the id of a new campaign into its file.",
  },
  campaign: {
    flag: "campaign",
    value: "id",
    only: "import or ledger",
    about:
      "import: enrol the people in this campaign; if it sends, you are asked. ledger show: only this campaign.",
  },
  since: {
    flag: "since",
    value: "time",
    only: "ledger",
    about: "ledger show: only since this day or time, as 2026-11-20T08:00Z.",
  },
  columns: {
    flag: "columns",
    value: "k=v,…",
    only: "import",
    about:
      "import: what columns mean that are not recognised, such as Kontakt=email,Halle=snippet1,Notes=none.",
  },
  withDraft: {
    flag: "with-draft",
    only: "verify",
    about:
      "verify: also make, edit, copy and delete a draft, after asking. It is never run and nobody is added to it.",
  },
  record: {
    path: true,
    flag: "record",
    value: "file",
    only: "verify",
    about:
      "verify: write shapes, statuses and times of the answers into this file; no keys, names, addresses or texts.",
  },
} as const;
