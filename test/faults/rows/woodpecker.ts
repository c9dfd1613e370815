/** The rows of the fault table between this server and Woodpecker: the network, and what Woodpecker answers. */
import type { Row } from "./row.ts";

export const network = [
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

export const http = [
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
