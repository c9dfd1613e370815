/**
 * What waits for a person's word in a terminal (WOODPECKER_FORMS=require): the facts that were shown, kept in the state folder
 * for ten minutes, and the word itself, signed with the folder's secret for this purpose alone. The model sees neither.
 */
import { createHmac } from "node:crypto";
import { asNumber, asObject, asString } from "../values/loose.ts";
import { type Confirmations, isEqual } from "./confirmations.ts";
import type { StateFolder } from "./state-folder.ts";

export interface Waiting {
  id: string;
  /** ms since 1970 */
  expiry: number;
  tool: string;
  /** As a person reads them: the question, its facts, the findings. */
  lines: string[];
}

export interface Approvals {
  /** @param binding what the word is about; the same call has the same id. @throws when it cannot be kept */
  wait(binding: unknown, about: Omit<Waiting, "id">): Promise<void>;
  /** Whether a person agreed; a word is good once. */
  takeUp(binding: unknown, now: number): Promise<boolean>;
  waiting(now: number): Waiting[];
  decide(waiting: Waiting, agreed: boolean): Promise<void>;
}

export function openApprovals(folder: StateFolder, confirmations: Confirmations): Approvals {
  const sign = async (...parts: unknown[]) =>
    createHmac("sha256", await confirmations.secret())
      .update(JSON.stringify(parts))
      .digest("hex");
  const idOf = async (binding: unknown) => (await sign("waiting", binding)).slice(0, 24);
  const forget = (id: string) => {
    folder.remove(`waiting/${id}`);
    folder.remove(`approved/${id}`);
  };

  return {
    async wait(binding, about) {
      const id = await idOf(binding);
      forget(id);
      folder.create(`waiting/${id}`, JSON.stringify(about));
    },
    async takeUp(binding, now) {
      const id = await idOf(binding);
      const [time = "", mac = ""] = folder.read(`approved/${id}`)?.toString().split(".") ?? [];
      const expiry = Number(time);
      if (!(expiry >= now) || !isEqual(mac, await sign("approved", id, expiry))) return false;
      // Two processes at once: one of them has it.
      const word = `${expiry.toString(36)}.approval ${id} ${mac}`;
      if (!(await confirmations.takeUp(word, expiry, now))) return false;
      forget(id);
      return true;
    },
    waiting(now) {
      return folder.list("waiting").flatMap((id) => {
        const { expiry, tool, lines } = read(folder.read(`waiting/${id}`));
        if (expiry >= now) return [{ id, expiry, tool, lines }];
        forget(id);
        return [];
      });
    },
    async decide({ id, expiry }, agreed) {
      forget(id);
      if (agreed) folder.create(`approved/${id}`, `${expiry}.${await sign("approved", id, expiry)}`);
    },
  };
}

function read(content: Buffer | undefined): Omit<Waiting, "id"> {
  try {
    const { expiry, tool, lines } = asObject(JSON.parse(String(content)));
    return {
      expiry: asNumber(expiry) ?? 0,
      tool: asString(tool) ?? "",
      lines: Array.isArray(lines) ? lines.map(String) : [],
    };
  } catch {
    return { expiry: 0, tool: "", lines: [] };
  }
}
