/**
 * How the schemas of the protocol's messages are made, in both SDKs: read before them. Until the list is answered a few messages
 * are read; compiling schemas to code, and looking for circles in what comes as JSON and so has none, takes longer than it saves.
 */
import { config } from "zod/v4";

config({
  jitless: true,
  memoizer: { attach: () => undefined, guard: () => undefined, alloc: (_schema, _payload, empty) => empty },
});
