/** The text of a campaign file → what it says, and everything that is wrong with it, each with its line and column. */
import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { draftFaults } from "../../model/campaign.ts";
import { canonical } from "../../values/canonical.ts";
import { type Checked, checkAgainst } from "../../values/check.ts";
import { type Fault, type Path, sayFault } from "../../values/fault.ts";
import { asNumber, asObject, isObject, type Loose } from "../../values/loose.ts";
import { type CampaignFile, campaignFile, newCampaignFile } from "./format.ts";
import { inOnePiece } from "./html-lines.ts";

/** The file cannot be used; one line a fault. */
export class FileFailure extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

export interface ReadFile {
  file: CampaignFile;
  /** What the rules refuse. A campaign made in the app may break some of them; what is so already may stay so. */
  faults: Fault[];
  /** What was understood otherwise than written. */
  notes: readonly Fault[];
  /** "campaign.yaml:12:9 steps[1].versions[0].subject …" */
  say: (fault: Fault) => string;
  /** With line feeds, whatever it came with. */
  text: string;
  doc: Document.Parsed;
  /** Its text again, or a new one, with the line ends that it came with. */
  asBefore: (text: string) => string;
}

/** Of which campaign a file is, whatever else is wrong with it; nothing for a file of none. */
export function idIn(path: string): number | undefined {
  try {
    return asNumber(asObject(parseDocument(readFileSync(path, "utf8")).toJS()).id);
  } catch {
    return undefined;
  }
}

const MAX_CHARACTERS = 5_000_000;

/** @throws FileFailure where it is not YAML at all, with every fault of its syntax */
export function readFile(source: string, name: string): ReadFile {
  const text = source.replaceAll("\r\n", "\n");
  const asBefore = (lines: string) => (text === source ? lines : lines.replaceAll("\n", "\r\n"));
  if (text.length > MAX_CHARACTERS) throw new FileFailure([`${name}: is too large for a campaign`]);
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeIn = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  if (doc.errors.length > 0)
    throw new FileFailure(doc.errors.map(({ pos, message }) => `${placeIn(pos[0])} ${message}`));
  const { value, faults, notes } = check(contentsOf(doc, name));
  const say = (fault: Fault) => `${placeIn(offsetOf(doc, fault.path))} ${sayFault(fault)}`;
  const inOrder = [...faults].sort((a, b) => offsetOf(doc, a.path) - offsetOf(doc, b.path));
  return { file: value as CampaignFile, faults: inOrder, notes, say, text, doc, asBefore };
}

function contentsOf(doc: Document, name: string): unknown {
  try {
    return doc.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new FileFailure([`${name}: ${error instanceof Error ? error.message : "cannot be read"}`]);
  }
}

function check(contents: unknown): Checked {
  if (!isObject(contents)) {
    const message = "the file must be a list of fields such as name, settings and steps";
    return { value: {}, faults: [{ path: [], message }], notes: [] };
  }
  const file = withBodies(contents);
  if (file.id !== undefined) return checkAgainst(campaignFile, file);
  const checked = checkAgainst(newCampaignFile, file);
  if (checked.faults.length > 0) return checked;
  return { ...checked, faults: newFaults(checked.value as unknown as CampaignFile) };
}

/** Rules between the fields of a campaign that does not exist yet. */
function newFaults({ mailboxes = [], steps = [], delivery_times }: CampaignFile): Fault[] {
  const draft = { name: "", settings: { timezone: "", daily_enroll: 1 }, steps };
  const faults = draftFaults({
    ...draft,
    mailbox_ids: mailboxes.map((_, index) => index + 1),
    ...(delivery_times && { delivery_times }),
  });
  return faults.map((fault) =>
    fault.path[0] === "mailbox_ids"
      ? { path: ["mailboxes"], message: "needs at least one SMTP mailbox, because there is an EMAIL step" }
      : fault,
  );
}

/** E-mails as Woodpecker keeps them. */
function withBodies(file: Loose): Loose {
  if (!Array.isArray(file.steps)) return file;
  const steps = file.steps.map((step) =>
    isObject(step) && step.type === "EMAIL" && Array.isArray(step.versions)
      ? { ...step, versions: step.versions.map(withBody) }
      : step,
  );
  return { ...file, steps };
}

const withBody = (version: unknown) =>
  isObject(version) && typeof version.message === "string"
    ? { ...version, message: inOnePiece(version.message) }
    : version;

/** Where in the text: the name of a field that is wrong, else the nearest thing around it. */
function offsetOf(doc: Document, path: Path): number {
  let node: unknown = doc.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? key.value : key) === part);
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (node === undefined) break;
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

const startOf = (node: unknown) => (isNode(node) ? (node as Node).range?.[0] : undefined);

/**
 * The faults that this file would bring about. What Woodpecker has already, such as an e-mail without a subject in a
 * draft, is not a reason to refuse another change.
 */
export function newlyWrong(faults: readonly Fault[], file: CampaignFile, live: CampaignFile): Fault[] {
  return faults.filter(({ path }) => {
    const place = placeToCompare(path);
    return canonical(valueAt(file, place)) !== canonical(valueAt(live, place));
  });
}

/** Windows are judged together. */
function placeToCompare(path: Path): Path {
  const times = path.indexOf("delivery_times");
  return times < 0 ? path : path.slice(0, times + 1);
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, part) => (Array.isArray(at) || isObject(at) ? (at as Loose)[part as string] : undefined),
    value,
  );
