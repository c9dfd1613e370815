/** What a client is served, whichever era of the protocol it speaks: knows no SDK. */
import type { Account, Protocol } from "../accounts/account.ts";
import type { Log } from "../log.ts";
import type { CallResult } from "../values/call-result.ts";
import { createTyping } from "./completions/keystrokes.ts";
import { greetingFor } from "./greeting.ts";
import { type Setup, usualSetup } from "./instructions.ts";
import { type Progress, type SendProgress, startProgress } from "./progress.ts";
import type { Published } from "./tools/published.ts";

export interface ServingOptions {
  /** The tools that exist for this caller, in order. */
  tools: readonly Published[];
  call: Account["call"];
  log: Log;
  /** What the operator set, as far as a client should know. */
  setup?: Setup | undefined;
  /** Names the account in the log, without its key. */
  account?: string | undefined;
  /** Who calls: an answer to a question counts only for the one that was asked. */
  principal?: string | undefined;
  /** Who that is, for the record of what was changed. */
  person?: string | undefined;
  /** Whoever reaches this server gets the same lists. */
  sameForAll?: boolean | undefined;
  /** Told of every call. */
  called?: ((tool: string, outcome: string, ms: number) => void) | undefined;
}

/** Where a request came from: what ends it, and where its progress goes. */
interface Origin {
  signal: AbortSignal;
  progressToken: string | number | undefined;
  send: SendProgress;
}

/** How a call of a tool reaches the person, and the name of the client. */
type Client = (progress: Progress | undefined) => Pick<Protocol, "ask" | "rounds" | "card" | "caller">;

/** Answers that nobody reads would pile up; Woodpecker takes one request at a time anyway. */
const MAX_IN_FLIGHT = 16;

export function createServing(options: ServingOptions) {
  const { tools, call, log, account, person, called, setup = usualSetup } = options;
  const greeting = greetingFor(tools, setup);
  const names = greeting.definitions.map(({ name }) => name);
  const typing = createTyping();
  let inFlight = 0;

  // Everything besides tools. What it needs of the account it gets the way tools do.
  const extras = () => import("./extras.ts");
  const look = (caller: Protocol) => (view: string, args: object) => call(view, args, caller);

  return {
    ...greeting,

    async callTool(name: string, args: unknown, origin: Origin, client: Client): Promise<CallResult> {
      const tool = tools.find(({ definition }) => definition.name === name);
      if (!tool) throw (await extras()).unknownTool(name, names, setup);
      // What stops sending is never turned away.
      if (inFlight >= MAX_IN_FLIGHT && tool.effect !== "halt") return busy;
      inFlight += 1;
      const started = performance.now();
      const progress = startProgress(origin.progressToken, origin.send);
      const way = { signal: origin.signal, person, progress: progress?.tell, ...client(progress) };
      const result = await call(name, args, way).finally(() => {
        inFlight -= 1;
        progress?.end();
      });
      const outcome = result.isError ? "error" : String(result.structuredContent?.outcome ?? "ok");
      const ms = Math.round(performance.now() - started);
      called?.(name, outcome, ms);
      log("info", "call", { tool: name, outcome, ms, ...(account && { account }) });
      return result;
    },

    listPrompts: async () => ({ prompts: (await extras()).listPrompts(names) }),
    getPrompt: async (name: string, args: Record<string, string> = {}) =>
      (await extras()).getPrompt(name, args, names),
    listResources: async () => ({ resources: (await extras()).listResources(names) }),
    listTemplates: async () => ({ resourceTemplates: (await extras()).listTemplates(names) }),
    async readResource(uri: string, { signal, progressToken, send }: Origin) {
      const { readResource } = await extras();
      const progress = startProgress(progressToken, send);
      const reading = readResource(uri, names, look({ signal, progress: progress?.tell }));
      return reading.finally(() => progress?.end());
    },
    async complete(asked: Parameters<typeof import("./extras.ts").complete>[0], within: AbortSignal) {
      const { signal, giveUp } = typing(within);
      // The first message about waiting comes before a request is made again, and no keystroke is worth a second request.
      return (await extras()).complete(asked, names, look({ signal, progress: giveUp }));
    },

    failed: (error: Error) => log("debug", "protocol", { kind: error.name }),
  };
}

const busy: CallResult = {
  isError: true,
  content: [
    {
      type: "text",
      text: "Too many calls of this client are under way.\nNothing was sent and nothing was changed.\nNext: call again when the others have been answered.",
    },
  ],
};
