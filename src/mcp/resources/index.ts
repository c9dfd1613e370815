/** Every resource, in the order in which clients list them. */
import { closest } from "../../values/closest.ts";
import { cut, visible } from "../../values/foreign.ts";
import { invalid, ProtocolError, unavailable } from "../protocol-error.ts";
import { partFault, partNames, partsOf } from "./address.ts";
import { campaign, letter } from "./campaign.ts";
import { card } from "./card.ts";
import { guides } from "./guides.ts";
import type { Content, Look, Resource } from "./resource.ts";

export const resources: readonly Resource[] = [
  campaign,
  letter,
  ...guides.map(({ name, title, description, text }) => ({
    uri: `woodpecker://guides/${name}`,
    name: `guide-${name}`,
    title,
    description,
    mimeType: "text/markdown",
    read: async () => text,
  })),
  card,
];

/** @param tools the names of those that exist for this caller */
const existing = (tools: readonly string[]) =>
  resources.filter(({ needs }) => needs === undefined || tools.includes(needs));

const isTemplate = ({ uri }: Pick<Resource, "uri">) => partNames(uri).length > 0;

export const listResources = (tools: readonly string[]) =>
  existing(tools)
    .filter((resource) => !isTemplate(resource))
    .map(({ needs: _needs, read: _read, alsoAt: _alsoAt, ...listed }) => listed);

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
    const parts = resource.alsoAt?.(uri) ? {} : partsOf(uri, resource.uri);
    if (!parts) continue;
    const fault = partFault(parts);
    if (fault) throw invalid(`${resource.uri}: ${fault}.`);
    const read = await resource.read(parts, look).catch((error: unknown) => {
      // Any other error could quote anything.
      throw error instanceof ProtocolError ? error : unavailable(`${resource.title} could not be read.`);
    });
    const contents = typeof read === "string" ? [{ mimeType: resource.mimeType, text: read }] : read;
    return { contents: contents.map((content) => ({ uri, ...content })) };
  }
  throw invalid(unknownUri(uri, existing(tools)), { uri });
}

/** The names of the parts in braces; an address that is not a template has none. */
export function partsOfTemplate(uri: string, tools: readonly string[]): string[] {
  const available = existing(tools);
  if (!available.some((resource) => resource.uri === uri)) throw invalid(unknownUri(uri, available));
  return partNames(uri);
}

function unknownUri(uri: string, available: readonly Resource[]): string {
  const [near] = closest(
    uri,
    available.filter((resource) => !isTemplate(resource)).map((resource) => resource.uri),
    1,
  );
  const addresses = available.map((resource) => resource.uri).join(", ");
  return `There is no resource ${JSON.stringify(cut(visible(uri), 200))}.${near ? ` Did you mean ${near}?` : ""} There are: ${addresses}.`;
}
