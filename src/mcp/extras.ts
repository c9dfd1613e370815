/** What a client can ask for besides tools: loaded when the first one does, so that the list of tools waits for none of it. */
export { complete } from "./completions/index.ts";
export { getPrompt, listPrompts } from "./prompts/index.ts";
export { listResources, listTemplates, readResource } from "./resources/index.ts";
export { unknownTool } from "./tools/unknown.ts";
