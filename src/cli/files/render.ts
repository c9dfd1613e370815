/** A campaign as the text of a file: always laid out alike; over an existing file, with its comments. */
import {
  Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { canonical } from "../../values/canonical.ts";
import { isObject, type Loose } from "../../values/loose.ts";
import { align } from "./align.ts";
import type { CampaignFile } from "./format.ts";
import { inLines, inOnePiece } from "./html-lines.ts";
import type { ReadFile } from "./parse.ts";

/** Long lines stay whole, and what YAML 1.1 would read as a time or a yes is quoted. */
const layout = {
  lineWidth: 0,
  flowCollectionPadding: false,
  // Broken over lines, a quoted text would lose a line of nothing but blanks.
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
};
const dialect = { compat: "yaml-1.1" } as const;

/** @param schema where editors find what may stand in it */
export function render(file: CampaignFile, schema?: string): string {
  const doc = new Document({}, dialect);
  if (schema !== undefined) doc.commentBefore = ` yaml-language-server: $schema=${schema}`;
  const root = nodeOf(doc, laidOut(file)) as YAMLMap;
  for (const { key } of root.items) {
    if (isScalar(key) && sections.has(String(key.value))) key.spaceBefore = true;
  }
  doc.contents = root as never;
  return doc.toString(layout);
}

const sections = new Set(["settings", "delivery_times", "steps"]);

/** The old text itself where it says the same; else what differs is replaced in it, and comments beside the rest stay. */
export function renderOver({ file: old, text, doc, asBefore }: ReadFile, file: CampaignFile): string {
  if (canonical(old) === canonical(file)) return asBefore(text);
  const aliases = new Map<Node, unknown>();
  doc.contents = merged(doc, doc.contents, laidOut(file), { old, file, aliases }) as never;
  spellOut(doc, aliases);
  return doc.toString(layout);
}

/** The text with the id of the campaign that was made of it; nothing else of it changes where that can be had. */
export function withId({ text, doc, asBefore }: ReadFile, id: number): string {
  const { contents } = doc;
  const start = contents?.range?.[0] ?? 0;
  const atLineStart = start === 0 || text[start - 1] === "\n";
  if (isMap(contents) && !contents.flow && atLineStart)
    return asBefore(`${text.slice(0, start)}id: ${id}\n${text.slice(start)}`);
  if (isMap(contents)) contents.items.unshift(doc.createPair("id", id) as never);
  return asBefore(doc.toString(layout));
}

/** With the bodies in lines. */
function laidOut(file: CampaignFile): Loose {
  const steps = file.steps?.map((step) => ({
    ...step,
    versions: step.versions.map((version) =>
      step.type === "EMAIL" ? { ...version, message: inLines(version.message) } : version,
    ),
  }));
  return { ...file, ...(steps && { steps }) };
}

/** In the style of this format. */
function nodeOf(doc: Document, value: unknown, name?: string): Node {
  const root = name === undefined ? doc.createNode(value) : doc.createNode({ [name]: value });
  visit(root, {
    Pair(_key, { key, value: node }) {
      const field = isScalar(key) ? key.value : undefined;
      if (field === "steps" && isSeq(node))
        for (const step of node.items.slice(1)) (step as Node & { spaceBefore?: boolean }).spaceBefore = true;
      if (
        (field === "wait" && isMap(node)) ||
        (isSeq(node) && node.items.length > 0 && field !== "mailboxes" && node.items.every(isScalar))
      )
        node.flow = true;
      if (!isScalar(node)) return;
      if (field === "message") node.type = Scalar.BLOCK_LITERAL;
      // A block of nothing but blanks would lose them.
      if (String(node.value).trim() === "") node.type = Scalar.QUOTE_DOUBLE;
      if (field === "from" || field === "to") node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return name === undefined ? root : ((root as unknown as { items: Pair[] }).items[0]?.value as Node);
}

interface Sides {
  old: CampaignFile;
  file: CampaignFile;
  /** Those that stay, with what they stand for. */
  aliases: Map<Node, unknown>;
}

function merged(doc: Document, node: unknown, value: unknown, sides: Sides, name?: string): Node {
  if (isMap(node) && isObject(value)) {
    const pairs = new Map(node.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair.key, pair]));
    // Fields keep the order they have; new ones come where this format has them.
    const kept = node.items.filter((pair) => isScalar(pair.key) && String(pair.key.value) in value);
    for (const [index, [field, inner]] of Object.entries(value).entries()) {
      const pair = pairs.get(field);
      if (pair) pair.value = merged(doc, pair.value, inner, sides, field) as never;
      else {
        const before = Object.keys(value).slice(0, index);
        const place = kept.findLastIndex(
          (one) => isScalar(one.key) && before.includes(String(one.key.value)),
        );
        kept.splice(place + 1, 0, new Pair(doc.createNode(field), nodeOf(doc, inner, field)) as never);
      }
    }
    node.items = kept;
    return node;
  }
  if (isSeq(node) && Array.isArray(value)) {
    const { items } = node;
    giveToFirst(node);
    const from = name === "steps" ? stepPlaces(sides) : undefined;
    node.items = value.map((entry, index) => {
      const item = from ? items[from.get(index) ?? -1] : items[index];
      return item === undefined ? fresh(doc, entry, name) : merged(doc, item, entry, sides);
    });
    if (isNode(node.items[0])) node.items[0].spaceBefore = false;
    return node;
  }
  if (saysSame(doc, node, value, name)) {
    if (isAlias(node)) sides.aliases.set(node, value);
    return node as Node;
  }
  const made = nodeOf(doc, value, name);
  if (isScalar(node)) {
    const { comment, commentBefore, spaceBefore } = node;
    Object.assign(made, { comment, commentBefore, spaceBefore });
  }
  return made;
}

/** A comment above the first entry is read as one of the list; it goes with the entry. */
function giveToFirst(list: YAMLSeq): void {
  const [first] = list.items;
  if (!isNode(first) || !list.commentBefore || first.commentBefore) return;
  first.commentBefore = list.commentBefore;
  list.commentBefore = null;
}

/** An entry of a list, in the style it has within that list. */
const fresh = (doc: Document, entry: unknown, name = "") => {
  const list = nodeOf(doc, [entry], name);
  const node = isSeq(list) ? (list.items[0] as Node & { spaceBefore?: boolean }) : list;
  if (name === "steps") (node as { spaceBefore?: boolean }).spaceBefore = true;
  return node;
};

/** Comments go with their step, wherever it went. */
function stepPlaces({ old, file }: Sides): Map<number, number> {
  const { pairs } = align(old.steps ?? [], file.steps ?? []);
  return new Map(pairs.map(([before, after]) => [after, before]));
}

/** An alias whose anchor went, or comes only later now. */
function spellOut(doc: Document, aliases: ReadonlyMap<Node, unknown>): void {
  const anchors = new Set<string>();
  visit(doc, {
    Node(_key, node) {
      if (isAlias(node)) return anchors.has(node.source) ? undefined : nodeOf(doc, aliases.get(node), "");
      if (node.anchor) anchors.add(node.anchor);
      return undefined;
    },
  });
}

function saysSame(doc: Document, node: unknown, value: unknown, name?: string): boolean {
  const written = isAlias(node) ? node.resolve(doc)?.toJS(doc) : isScalar(node) ? node.value : undefined;
  if (name !== "message" || typeof written !== "string" || typeof value !== "string")
    return canonical(written) === canonical(value);
  return inOnePiece(written) === inOnePiece(value);
}
