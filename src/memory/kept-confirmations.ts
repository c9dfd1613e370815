/**
 * Confirmations that outlive a process: the secret and one file for each that was taken up lie in the state folder, so that
 * a client that starts a process for each call can bring a person's word to the next one, once.
 */
import { createHash } from "node:crypto";
import { Refusal } from "../values/refusal.ts";
import { type Confirmations, createConfirmations, newSecret } from "./confirmations.ts";
import { forgetOld, type StateFolder } from "./state-folder.ts";

const SECRET_BYTES = 32;

/** @param onUnwritable told once when the folder cannot be used; confirmations then die with the process */
export function keepConfirmations(folder: StateFolder, onUnwritable: () => void): Confirmations {
  let alone: Confirmations | undefined;
  const byItself = () => {
    if (!alone) onUnwritable();
    alone ??= createConfirmations();
    return alone;
  };

  /** That of the folder, made by whichever process needs it first; one that is damaged is made again. */
  function secretOf(): Buffer {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const known = folder.read("secret");
      if (known?.length === SECRET_BYTES) return known;
      if (known) folder.remove("secret");
      folder.create("secret", newSecret());
    }
    throw new Error("the secret of the state folder cannot be kept");
  }

  return {
    async secret() {
      if (alone) return alone.secret();
      try {
        return secretOf();
      } catch {
        return byItself().secret();
      }
    },
    async takeUp(token, expiry, now) {
      if (alone) return alone.takeUp(token, expiry, now);
      try {
        forgetOld(folder, "used", now);
        const hash = createHash("sha256").update(token).digest("hex").slice(0, 32);
        return folder.create(`used/${expiryOf(token, expiry).toString(36)}-${hash}`, "");
      } catch {
        byItself();
        // Another process could take it up as well.
        throw new Refusal(
          "That this confirmation was used cannot be written into the state folder, so it does not count.",
          "call again without it; the next one counts as long as this server runs.",
        );
      }
    },
  };
}

/** The same token always has the same file, whenever it is brought. */
const expiryOf = (token: string, latest: number) => Number.parseInt(token, 36) || latest;
