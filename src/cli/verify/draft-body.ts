/** What a draft of verify is made of: nothing that means anything to anybody. */
import type { Loose } from "../../values/loose.ts";

const window = [{ from: "09:00", to: "17:00" }];

export const waiting = { followup_after: { range: "DAY", value: 3 } };

export const step = (version: Loose = {}, more: Loose = {}): Loose => ({
  type: "EMAIL",
  followup: null,
  delivery_time: { MONDAY: window },
  body: {
    versions: [
      {
        subject: "A draft",
        message: "<p>A draft.</p>",
        signature: "NO_SIGNATURE",
        track_opens: false,
        ...version,
      },
    ],
  },
  ...more,
});

export const draftBody = (name: string, mailbox: number) => ({
  name,
  mailboxes: [mailbox],
  settings: {
    timezone: "Europe/Paris",
    daily_enroll: 1,
    prospect_timezone: false,
    gdpr_unsubscribe: false,
    list_unsubscribe: false,
  },
  steps: { type: "START", followup: { ...step(), ...waiting, followup: { ...step(), ...waiting } } },
});
