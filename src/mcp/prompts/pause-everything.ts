/** Prompt: stop all sending, without another question. */
import type { Prompt } from "./prompt.ts";

export const pauseEverything: Prompt = {
  name: "pause_everything",
  title: "Pause everything",
  description: "Stops all sending at once: pauses every running campaign. Nothing is lost.",
  arguments: {},
  needs: ["pause_all_campaigns", "list_campaigns"],
  text: ({ has }) => [
    "Stop all sending now: call pause_all_campaigns. I have decided this; there is no need to ask me again.",
    "If it says that some may still be running, call it again. Then make sure with list_campaigns, status RUNNING, that none is left.",
    "Tell me which campaigns were paused, with their ids, and whether any may still be sending.",
    has("run_campaign")
      ? "Leave them paused. I will say which of them to resume, and when."
      : "Leave them paused. Resuming is done in the Woodpecker app.",
  ],
};
