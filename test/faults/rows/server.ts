/** The rows of the fault table in this server itself: its life, and what it does without a word or twice. */
import type { Row } from "./row.ts";

export const lifecycle = [
  { id: "F131", fault: "stdin ends while idle, or is empty", expect: "exit 0" },
  {
    id: "F132",
    fault: "stdin ends during a read, during a started write",
    expect: "exit, the write is carried out once, and it is answered or stands in the ledger as unknown",
  },
  { id: "F133", fault: "SIGTERM and SIGINT, once and twice", expect: "exit 0; the second ends it at once" },
  { id: "F134", fault: "parent killed", expect: "gone, also where stdin stays open" },
  { id: "F135", fault: "stdout broken, stdout and stderr broken", expect: "exit" },
  { id: "F136", fault: "unhandled rejection", expect: "exit 1, one line without its text" },
  {
    id: "F137",
    fault: "key missing, blank, quoted, with Bearer, a placeholder, with a line break",
    expect: "HTTP: exit 2; stdio: tools are listed, each call explains, 0 requests, the value is not echoed",
  },
  {
    id: "F138",
    fault: "unknown option, misspelt value",
    expect: "exit 2 naming the valid ones",
    note: "tools are chosen by toolsets",
  },
  {
    id: "F139",
    fault: "ledger cannot be written",
    expect:
      "strict: refused, but for what stops sending; otherwise done; the answer says what is not recorded",
  },
] as const satisfies Row[];

const consent = "test/calls/consent.test.ts";
export const duplicates = [
  { id: "F141", fault: "same create twice at once", expect: "1 write, the second coalesced" },
  { id: "F142", fault: "same create again within ten minutes", expect: "deduplicated, 1 write" },
  { id: "F143", fault: "create unclear, then repeated", expect: "the same warning, 1 POST in all" },
  { id: "F144", fault: "run without confirmation", expect: "facts and a token, 0 writes" },
  { id: "F145", fault: "token reused for another campaign", expect: "refused, 0 writes", elsewhere: consent },
  {
    id: "F146",
    fault: "campaign changed after it was shown",
    expect: "refused, asked again",
    elsewhere: consent,
  },
  {
    id: "F147",
    fault: "form accepted without content, declined, cancelled",
    expect: "0 writes",
    elsewhere: consent,
  },
  { id: "F148", fault: "accepted after the client cancelled", expect: "0 writes", elsewhere: consent },
  { id: "F149", fault: "client without forms", expect: "token", elsewhere: consent },
  {
    id: "F150",
    fault: "campaign name that looks like an approval",
    expect: "one quoted line of at most 80 characters",
    elsewhere: consent,
  },
  {
    id: "F151",
    fault: "second run above a daily cap",
    expect: "refused, cap and reset named",
  },
  { id: "F152", fault: "read access, a write is called", expect: "unknown tool, 0 requests" },
  {
    id: "F153",
    fault: "record of the writes",
    expect: "one entry a write with its outcome, no body, no key, no address",
    note: "the journal behind list_recent_changes stands for the audit log",
  },
  {
    id: "F154",
    fault: "save_prospects into a RUNNING campaign without confirmation",
    expect: "says that it starts sending, 0 writes",
  },
  {
    id: "F155",
    fault: "campaign that the API cannot show, then run",
    expect: "refused before anybody is asked, the Woodpecker app named, 0 writes",
  },
] as const satisfies Row[];
