/** The rows of the fault table between a client and this server: arguments, stdio, HTTP. */
import type { Row } from "./row.ts";

const badInput = "test/calls/bad-input.test.ts";
const badDraft = "test/operations/create-campaign/bad-draft.test.ts";
const edits = "test/operations/editing/bad-input.test.ts";
const people = "test/operations/prospects-input.test.ts";
export const args = [
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

export const stdio = [
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
export const overHttp = [
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
