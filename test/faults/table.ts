/**
 * The fault table: what can go wrong, what must come of it, and where that is tested. The tests take their names from
 * here, docs/faults.md is written from here, and test/faults/table.test.ts fails for a row that has no test.
 */

export interface Row {
  id: string;
  fault: string;
  expect: string;
  /** Where this product means something else than the words of the row, and what is tested instead. */
  note?: string;
  /** The tests of the row stand in this file, under other names. */
  elsewhere?: string;
  /** Why there is no test. */
  without?: string;
}

export interface Part {
  title: string;
  /** The tests of the part, in this folder. */
  files: readonly string[];
  rows: readonly Row[];
}

const network = [
  { id: "F001", fault: "port closed, list_campaigns", expect: "3 attempts, nothing was sent" },
  { id: "F002", fault: "port closed, create_campaign", expect: "3 attempts, 0 writes, safe to call again" },
  {
    id: "F003",
    fault: "DNS failure",
    expect: "3 attempts, nothing was sent, the reason without an address",
    note: "the setting that holds the host name is named, not the host",
  },
  {
    id: "F004",
    fault: "connect black hole",
    expect: "each attempt ends at the connect time-out, nothing was sent",
  },
  {
    id: "F005",
    fault: "accept, then reset before reading",
    expect: "what is said follows whether the request was begun, never the error code; at most 1 write",
  },
  {
    id: "F006",
    fault: "create: reset after the request, not carried out",
    expect: "read back: absent, so unclear, with what to look at; 1 POST, 0 writes",
  },
  {
    id: "F007",
    fault: "create: reset after commit",
    expect: "found by reading back: done, exactly 1 write",
    note: 'verified_by is "read" for every kind of reading back',
  },
  {
    id: "F008",
    fault: "create: no answer, committed after the time-out",
    expect: "1 POST, 1 write, and done or unclear, never nothing was changed",
  },
  {
    id: "F009",
    fault: "create: two campaigns of the name appear",
    expect: "unclear, both ids named, 1 POST",
  },
  { id: "F010", fault: "run: reset after commit", expect: "status reads RUNNING, so done; 1 run request" },
  {
    id: "F011",
    fault: "run: reset, not carried out, status stays PAUSED",
    expect: "unclear; exactly 1 run request",
  },
  { id: "F012", fault: "pause: two resets, then 200", expect: "done, 3 requests" },
  { id: "F013", fault: "delete: reset after commit", expect: "reading back gives 404, so done; 1 DELETE" },
  { id: "F014", fault: "read: kept connection closed while written to", expect: "success, with 2 requests" },
  {
    id: "F015",
    fault: "write: server closes idle connections at once",
    expect: "success, because each write has a fresh connection",
  },
  { id: "F016", fault: "read: headers trickle", expect: "each attempt ends at the header time-out" },
  {
    id: "F017",
    fault: "read: body drips below the body time-out",
    expect: "ends when the time of the call is over",
  },
  { id: "F018", fault: "read: truncated body, then a good one", expect: "asked again, success" },
  { id: "F019", fault: "create: head arrives, body is truncated", expect: "read back: done, 1 write" },
  { id: "F020", fault: "read: JSON cut, end by close", expect: "asked again, then not valid JSON" },
  {
    id: "F021",
    fault: "certificate self-signed, of another host, expired",
    expect: "nothing was sent, a TLS message that says how to fix it, 1 attempt",
  },
  { id: "F022", fault: "TLS to a port of plain HTTP", expect: "nothing was sent" },
  {
    id: "F023",
    fault: "proxy variables to a dead proxy, or one that answers 407",
    expect:
      "nothing was sent, a hint at the proxy, not told as a cancellation, no proxy password in the text",
  },
  {
    id: "F024",
    fault: "answer of 50 MB",
    expect: "reading stops at 10 MiB; too large, ask for less",
  },
  { id: "F025", fault: "answer headers of 64 KB", expect: "an error, the next call works" },
  {
    id: "F026",
    fault: "two status lines, garbage, Content-Length and chunked",
    expect: "read: an error after 3 attempts; write: read back",
  },
  { id: "F027", fault: "100 Continue, then silence", expect: "unclear for a write, 1 request" },
  {
    id: "F028",
    fault: "6 calls at once, Woodpecker takes 1",
    expect: "never more than 1 under way; all succeed",
  },
  {
    id: "F029",
    fault: "30 calls at once",
    expect: "20 wait, the rest is told so at once, 0 requests for those",
    note: "16 calls of one client are under way at most; the lane of 20 is tested behind that limit",
  },
  {
    id: "F030",
    fault: "Woodpecker down, 200 calls",
    expect: "at most 60 connections; a pause is still tried",
  },
] as const satisfies Row[];

const http = [
  { id: "F031", fault: "429 with Retry-After, then 200", expect: "waits as long as asked, success" },
  {
    id: "F032",
    fault: "429 with Retry-After: 3600",
    expect: "1 request, nothing was changed, the seconds are said",
  },
  { id: "F033", fault: "429 with a date in the past or garbage", expect: "as without the header" },
  { id: "F034", fault: "409 with E_TOO_MANY_REQUESTS (v1)", expect: "as 429" },
  { id: "F035", fault: "200 with E_TOO_MANY_REQUESTS", expect: "as 429" },
  { id: "F036", fault: "409, condition not supported", expect: "refused, detail shown, 1 request" },
  { id: "F037", fault: "run answers 409, status is RUNNING", expect: "already running, 1 run request" },
  { id: "F038", fault: "500 on create, carried out", expect: "read back: done, 1 write" },
  {
    id: "F039",
    fault: "503 with a web page on run",
    expect: "unclear, says it was a web page, no HTML in the text",
  },
  { id: "F040", fault: "200 with a login page on list", expect: "not the API, no data" },
  { id: "F041", fault: "200 with JSON that is not an object", expect: "an error, never an empty result" },
  { id: "F042", fault: "200 without a body on create", expect: "read back: done, 1 write" },
  { id: "F043", fault: "200 without a body on run, pause, stop, delete", expect: "done" },
  { id: "F044", fault: "204 on the v1 list", expect: "an empty list, no error" },
  { id: "F045", fault: "unknown status, extra fields", expect: "passed through" },
  { id: "F046", fault: "id as text, numbers as text", expect: "read as numbers" },
  { id: "F047", fault: "200 steps deep", expect: "64 are shown, and that is said" },
  {
    id: "F048",
    fault: "redirect to another host or the same",
    expect: "an error, 1 request, the other host sees nothing",
  },
  {
    id: "F049",
    fault: "401 while calls wait",
    expect: "all that wait end with the same reason and no request; a pause is still sent",
    note: "the queue is drained once; a later call asks again",
  },
  { id: "F050", fault: "import: 200 with status ERROR", expect: "refused, with the code of each person" },
  { id: "F051", fault: "import: 3 of 5 known already", expect: "done, counted by result" },
  { id: "F052", fault: "body of invalid UTF-8", expect: "read: an error; write: read back" },
  { id: "F053", fault: "gzip although identity was asked", expect: "read: an error; write: read back" },
  { id: "F054", fault: "duplicate keys, __proto__ in JSON", expect: "no prototype is changed" },
  {
    id: "F055",
    fault: "campaign name with invisible characters and instructions",
    expect: "stripped, and on one quoted line of the text",
    note: "how many characters were removed is not said for names",
  },
  {
    id: "F056",
    fault: "error detail of 1 MB that quotes the key",
    expect: "at most 300 characters, without the key or a part of it",
  },
  {
    id: "F057",
    fault: "Date header 3 days off",
    expect: "read back: done",
    note: "reading back compares ids before and after, no times",
  },
] as const satisfies Row[];

/** Where arguments are tested: with each tool. */
const badInput = "test/calls/bad-input.test.ts";
const badDraft = "test/operations/create-campaign/bad-draft.test.ts";
const edits = "test/operations/editing/bad-input.test.ts";
const people = "test/operations/prospects-input.test.ts";
const args = [
  { id: "F061", fault: 'campaign_id "123"', expect: "taken as 123", elsewhere: badInput },
  { id: "F062", fault: "campaign_id that is not an id", expect: "refused, 0 requests", elsewhere: badInput },
  {
    id: "F063",
    fault: "misspelt dryrun",
    expect: "refused with the valid names, nothing runs",
    elsewhere: badInput,
  },
  {
    id: "F064",
    fault: 'optional field null, "null" or ""',
    expect: "null is absent, text is refused by name",
    elsewhere: badInput,
  },
  {
    id: "F065",
    fault: "steps or prospects as JSON text",
    expect: "parsed once, then checked",
    elsewhere: badInput,
  },
  { id: "F066", fault: "JSON text in JSON text, or broken JSON", expect: "refused", elsewhere: badInput },
  {
    id: "F067",
    fault: "arguments missing, null, a list, text",
    expect: "refused, no crash",
    elsewhere: badInput,
  },
  { id: "F068", fault: "0 steps, 17 steps, unknown type, SMS", expect: "refused", elsewhere: badDraft },
  {
    id: "F069",
    fault: "first e-mail without subject",
    expect: "refused",
    note: "always, because Woodpecker would refuse to run it; there is no ready_to_run",
    elsewhere: badDraft,
  },
  {
    id: "F070",
    fault: "windows: backwards, 25:00, four a day, monday",
    expect: "refused",
    elsewhere: badDraft,
  },
  { id: "F071", fault: "time zone Mars/Base", expect: "refused with examples", elsewhere: badDraft },
  { id: "F072", fault: "daily_enroll 0 or 1e9", expect: "refused, naming the limit", elsewhere: badDraft },
  {
    id: "F073",
    fault: "malformed or repeated addresses",
    expect:
      "listed with the row, the others saved (of two rows of one person the later); refused with all_or_nothing",
    elsewhere: people,
  },
  { id: "F074", fault: "501 and 20,001 prospects", expect: "refused, naming the limit", elsewhere: people },
  { id: "F075", fault: "20,001 elements", expect: "refused before the schema is asked", elsewhere: badInput },
  {
    id: "F076",
    fault: "step that is a path",
    expect: "refused",
    note: "tools take step numbers and version letters, so no text of a caller gets into a path",
    elsewhere: edits,
  },
  {
    id: "F077",
    fault: "name too long, blank, with control characters",
    expect: "refused",
    elsewhere: badDraft,
  },
  { id: "F078", fault: "subject with a line break", expect: "refused", elsewhere: badDraft },
  { id: "F079", fault: "message with damaged characters", expect: "refused", elsewhere: badDraft },
  {
    id: "F080",
    fault: "misspelt snippet, unclosed braces",
    expect: "named: with the created draft, or as the likely cause where Woodpecker refuses it",
    note: 'placeholder texts such as "[Your name]" are found by check_campaign: test/preflight',
    elsewhere: badInput,
  },
  {
    id: "F081",
    fault: "force: true",
    expect: "refused",
    note: "force is not offered at all",
    elsewhere: people,
  },
  {
    id: "F082",
    fault: "5,000 levels, 200,000 brackets",
    expect: "refused, never an overflow of the stack",
    elsewhere: badInput,
  },
  { id: "F083", fault: "keys __proto__, constructor", expect: "refused", elsewhere: badInput },
  {
    id: "F084",
    fault: "unknown tool names",
    expect: "unknown, with close names, quoting at most 100 characters",
    elsewhere: badInput,
  },
  { id: "F085", fault: "contradictory arguments", expect: "refused", elsewhere: people },
] as const satisfies Row[];

const stdio = [
  { id: "F091", fault: "broken JSON line", expect: "alive, nothing of the line on stderr" },
  { id: "F092", fault: "batch array", expect: "alive, 0 writes" },
  {
    id: "F093",
    fault: "id null, float, object",
    expect: "not carried out",
    note: "a float is a JSON number and is answered under that id; nothing is written twice",
  },
  { id: "F094", fault: "same id twice in flight", expect: "the second is refused, the first answered" },
  { id: "F095", fault: "invalid UTF-8 in an e-mail text", expect: "not carried out" },
  {
    id: "F096",
    fault: "CRLF, blank lines, BOM",
    expect: "tolerated",
    note: "a line with a BOM is not JSON and is skipped; the next one counts",
  },
  { id: "F097", fault: "line above 8 MiB, bytes without an end", expect: "one stderr line, exit 1" },
  { id: "F098", fault: "two messages in a chunk, one byte by byte", expect: "both handled" },
  { id: "F099", fault: "tools/call before initialize", expect: "no crash, no write" },
  { id: "F100", fault: "unread stdout, 2,000 calls", expect: "memory below 150 MB, no warning of a leak" },
  { id: "F101", fault: "stray console.log", expect: "stdout stays pure" },
  {
    id: "F102",
    fault: "cancel while waiting, and after the start",
    expect: "dropped with 0 writes; carried out once, and the journal has it",
  },
] as const satisfies Row[];

const tenants = "test/accounts/tenants.test.ts";
const overHttp = [
  { id: "F111", fault: "foreign Origin", expect: "403, the body is not read" },
  {
    id: "F112",
    fault: "Host of somebody else, none, or one that only looks like ours",
    expect: "403; 400 where there is none",
  },
  {
    id: "F113",
    fault: "no, short or wrong token; token in the query",
    expect: "401",
    note: "/mcp with a query is another address: 404",
  },
  { id: "F114", fault: "AUTH_MODE header, no key", expect: "401, never the key of the process" },
  { id: "F115", fault: "two tenants, same ids, 500 calls each", expect: "no crossing", elsewhere: tenants },
  { id: "F116", fault: "body of 1 MiB and 1, declared or chunked", expect: "413, JSON" },
  {
    id: "F117",
    fault: "text/plain, missing Accept, PUT, bad protocol version",
    expect: "415, 406, 405, 400, JSON",
  },
  { id: "F118", fault: "malformed JSON", expect: "400, -32700, no stack, no path, the body is not logged" },
  { id: "F119", fault: "batch of two writes", expect: "400, 0 writes" },
  {
    id: "F120",
    fault: "slow headers, slow body",
    expect: "408 within 11 s and 31 s",
    note: "tested with shorter limits",
  },
  { id: "F121", fault: "500 idle connections", expect: "a new call is served" },
  { id: "F122", fault: "client disconnects after the start", expect: "1 write, and it is in the journal" },
  {
    id: "F123",
    fault: "the same call again after a broken stream",
    expect: "coalesced or deduplicated, 1 write",
  },
  { id: "F124", fault: "unknown session id", expect: "404" },
  { id: "F125", fault: "session id of another key", expect: "404" },
  {
    id: "F126",
    fault: "10,000 initialize",
    expect: "at most 100 sessions, 10 of one key, 503 beyond, less than 20 MB more",
    note: "tested with 2,000, and 4 MB",
  },
  { id: "F127", fault: "--host 0.0.0.0 without a token", expect: "exit 2, nothing listens" },
  { id: "F128", fault: "Content-Length and Transfer-Encoding; header of 20 kB", expect: "400, 431" },
  { id: "F129", fault: "GET /, /health, /mcp/../x", expect: "404, no version, no key" },
] as const satisfies Row[];

const lifecycle = [
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
const duplicates = [
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

export const parts: readonly Part[] = [
  {
    title: "A. Network between us and Woodpecker",
    files: ["network", "connections", "tls", "bytes", "traffic"],
    rows: network,
  },
  { title: "B. What Woodpecker answers", files: ["http", "answers"], rows: http },
  { title: "C. Arguments from models", files: [], rows: args },
  { title: "D. stdio", files: ["stdio"], rows: stdio },
  { title: "E. HTTP", files: ["e-http", "e-http-clients"], rows: overHttp },
  { title: "F. Life of the process", files: ["lifecycle"], rows: lifecycle },
  { title: "G. Trust and duplicates", files: ["duplicates"], rows: duplicates },
];

export type Id = (
  | typeof network
  | typeof http
  | typeof args
  | typeof stdio
  | typeof overHttp
  | typeof lifecycle
  | typeof duplicates
)[number]["id"];

export function rowOf(id: Id): Row {
  return parts.flatMap(({ rows }) => rows).find((row) => row.id === id) as Row;
}
