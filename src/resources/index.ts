/** Every resource, in the order in which clients list them. */
import { closest } from "../model/closest.ts";
import { cut } from "../model/foreign.ts";
import { invalid, ProtocolError, unavailable } from "../protocol-error.ts";
import { card } from "./card.ts";
import * as guides from "./guides.ts";
import type { Content, Look, Resource } from "./resource.ts";

export const resources: readonly Resource[] = [
  {
    uri: "woodpecker://guides/errors",
    name: "guide-errors",
    title: "Errors",
    description: "What each error means and what to do next.",
    mimeType: "text/markdown",
    read: async () => guides.errors,
  },
  card,
];

/** @param tools the names of those that exist for this caller */
const existing = (tools: readonly string[]) =>
  resources.filter(({ needs }) => needs === undefined || tools.includes(needs));

const isTemplate = ({ uri }: Resource) => uri.includes("{");

export const listResources = (tools: readonly string[]) =>
  existing(tools)
    .filter((resource) => !isTemplate(resource))
    .map(({ needs: _needs, read: _read, ...listed }) => listed);

export const listTemplates = (tools: readonly string[]) =>
  existing(tools)
    .filter(isTemplate)
    .map(({ needs: _needs, read: _read, uri, ...listed }) => ({ uriTemplate: uri, ...listed }));

export async function readResource(
  uri: string,
  tools: readonly string[],
  look: Look,
): Promise<{ contents: (Content & { uri: string })[] }> {
  for (const resource of existing(tools)) {
    const parts = partsOf(uri, resource.uri);
    if (!parts) continue;
    const read = await resource.read(parts, look).catch((error: unknown) => {
      // Any other error could quote anything.
      throw error instanceof ProtocolError ? error : unavailable(`${resource.title} could not be read.`);
    });
    const contents = typeof read === "string" ? [{ mimeType: resource.mimeType, text: read }] : read;
    return { contents: contents.map((content) => ({ uri, ...content })) };
  }
  throw invalid(unknownUri(uri, existing(tools)));
}

/** What stands in the place of each part in braces; nothing when it is another address. */
export function partsOf(uri: string, template: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = uri.split("/");
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const value = given[index] as string;
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined ? value !== piece : value === "") return undefined;
    if (name !== undefined) parts[name] = value;
  }
  return parts;
}

function unknownUri(uri: string, all: readonly Resource[]): string {
  const near = closest(
    uri,
    all.filter((resource) => !isTemplate(resource)).map((resource) => resource.uri),
    1,
  );
  const meant = near.length > 0 ? ` Did you mean ${near[0]}?` : "";
  const there = all.map((resource) => resource.uri).join(", ");
  return `There is no resource ${JSON.stringify(cut(uri, 200))}.${meant} There are: ${there}.`;
}
