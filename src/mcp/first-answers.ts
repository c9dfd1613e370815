/**
 * What clients ask first, answered without an SDK, because loading one is most of a start: the handshake or a look at what the
 * server holds, and the list of tools. The words are those of the SDK of the era (test/mcp/first-answers.test.ts compares them),
 * and whatever is written otherwise than clients write it is left to the SDK.
 */
import { asObject, isObject, type Loose, own } from "../values/loose.ts";
import { capabilities, greetingFor } from "./greeting.ts";
import { cacheHints } from "./modern/cache.ts";
import { CAPABILITIES, CLIENT, MODERN, VERSION } from "./opening.ts";
import type { ServingOptions } from "./serving.ts";

/** @returns the result, which only a request gets; nothing where the SDK is to read the message */
export type FirstAnswers = (message: unknown) => object | undefined;

/** By method: the result, if its params are written as usual. */
type Table = Record<string, (params: Loose) => object | false>;

export function firstAnswers(options: ServingOptions): Record<"handshake" | "modern", FirstAnswers> {
  const { identity, instructions, definitions } = greetingFor(options.tools, options.setup);
  const hints = cacheHints(options);
  const complete = (method: keyof typeof hints, result: object) => (params: Loose) =>
    isEnvelope(params) && {
      ...result,
      resultType: "complete",
      ...hints[method],
      _meta: { "io.modelcontextprotocol/serverInfo": identity },
    };
  return {
    handshake: reading({
      initialize: (params) =>
        isIntroduction(params) && {
          protocolVersion: params.protocolVersion,
          capabilities,
          serverInfo: identity,
          instructions,
        },
      "notifications/initialized": (params) => isEmpty(params) && {},
      "tools/list": (params) => isEmpty(params) && { tools: definitions },
    }),
    modern: reading({
      "server/discover": complete("server/discover", {
        supportedVersions: [MODERN],
        capabilities,
        instructions,
      }),
      "tools/list": complete("tools/list", { tools: definitions }),
    }),
  };
}

function reading(table: Table): FirstAnswers {
  return (message) => {
    const { jsonrpc, id, method, params = {}, ...more } = asObject(message);
    if (jsonrpc !== "2.0" || typeof method !== "string" || !isObject(params) || !isEmpty(more))
      return undefined;
    const named = method.startsWith("notifications/")
      ? id === undefined
      : typeof id === "string" || Number.isSafeInteger(id);
    return (named && own(table, method)?.(params)) || undefined;
  };
}

const isEmpty = (object: Loose) => Object.keys(object).length === 0;

/** Of versions that both sides know; to any other the SDK says which one it would speak. */
const versions: readonly unknown[] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

function isIntroduction({ protocolVersion, capabilities, clientInfo, ...more }: Loose): boolean {
  return (
    versions.includes(protocolVersion) &&
    areCapabilities(capabilities) &&
    isClient(clientInfo) &&
    isEmpty(more)
  );
}

function isEnvelope({ _meta, ...others }: Loose): boolean {
  if (!isObject(_meta) || !isEmpty(others)) return false;
  const { [VERSION]: version, [CAPABILITIES]: able, [CLIENT]: client, ...more } = _meta;
  return version === MODERN && areCapabilities(able) && isClient(client) && isEmpty(more);
}

const ofClients = ["name", "version", "title", "description", "websiteUrl"];

function isClient(info: unknown): boolean {
  return (
    isObject(info) &&
    "name" in info &&
    "version" in info &&
    Object.entries(info).every(([name, value]) => ofClients.includes(name) && typeof value === "string")
  );
}

const known = ["roots", "sampling", "elicitation", "tasks"];
const open = ["extensions", "experimental"];

function areCapabilities(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([name, able]) =>
        (known.includes(name) && isNested(able, 4)) ||
        (open.includes(name) &&
          isObject(able) &&
          Object.values(able).every((one) => isObject(one) && isPlain(one, 6))),
    )
  );
}

/** Objects in objects, and yes or no where the protocol has it. */
function isNested(value: unknown, depth: number): boolean {
  return (
    depth > 0 &&
    isObject(value) &&
    Object.entries(value).every(([name, inner]) =>
      name === "listChanged" || name === "applyDefaults"
        ? typeof inner === "boolean"
        : isNested(inner, depth - 1),
    )
  );
}

/** Texts, and yes or no, in lists and objects. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string" || typeof value === "boolean") return true;
  return (
    depth > 0 &&
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((inner) => isPlain(inner, depth - 1))
  );
}
