/** Every conversation, by what it is after. */
import { deletions } from "./delete.ts";
import { launches } from "./launch.ts";
import { widenings } from "./widen.ts";

export type { Conversation, Where } from "./conversation.ts";

export const conversations = [...launches, ...widenings, ...deletions];
