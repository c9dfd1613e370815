/** What went wrong while setting up, and what a person does about it: where to click, what to paste. */
import type { Settings } from "../../settings/index.ts";
import { options } from "../../settings/options.ts";
import { Refusal } from "../../values/refusal.ts";
import { ApiFailure, type FailureFacts } from "../../woodpecker/failure.ts";
import { type FailureKind, kindOf, meaningOf } from "../../woodpecker/meanings.ts";

export interface Advice {
  what: string;
  steps: string[];
}

const inWoodpecker = "In Woodpecker open Add-ons > API keys";
const paste =
  'Paste it where your assistant starts this server, "env": { "WOODPECKER_API_KEY": "the key" }; docs/clients/README.md shows the place in each client. In a terminal set the variable.';
const restart = "Restart the assistant.";

export function missingKeyAdvice({ malformedKey }: Pick<Settings, "malformedKey">): Advice {
  if (malformedKey !== undefined) {
    return {
      what: `what is set as WOODPECKER_API_KEY cannot be an API key: ${malformedKey}`,
      steps: [`${inWoodpecker} and copy the key once more.`, paste, restart],
    };
  }
  return {
    what: "none is set (WOODPECKER_API_KEY)",
    steps: [
      `${inWoodpecker} and choose Create a key. If there is no such page, the account does not have the "API keys & integrations" add-on; its owner can add it, or start a trial.`,
      paste,
      restart,
      "To look around without a key: add --sandbox.",
    ],
  };
}

export function adviceOn(error: unknown, { apiUrl, companyId }: Settings): Advice {
  if (error instanceof Refusal) return { what: error.parts.what, steps: [error.parts.next] };
  if (!(error instanceof ApiFailure))
    return { what: "this program has a defect here", steps: ["Report it with the version shown above."] };
  const { facts } = error;
  const { host, origin } = new URL(apiUrl);
  const elsewhere =
    apiUrl === options.apiUrl.fallback
      ? []
      : [
          `WOODPECKER_API_URL is set to ${apiUrl}: is that intended? Without it the server talks to Woodpecker itself.`,
        ];
  const known = advice[kindOf(facts)]({ host, origin, companyId, elsewhere });
  const general = meaningOf(facts);
  const what = known?.what ?? general?.what ?? facts.detail ?? "Woodpecker's answer made no sense";
  return {
    what: `${what}${evidence(facts)}`,
    steps: known?.steps ?? [sentence(general?.next ?? "try again in a minute")],
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function evidence({ code, http }: FailureFacts): string {
  const parts = [code, http && `HTTP ${http}`].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

interface Place {
  host: string;
  origin: string;
  companyId?: string | undefined;
  /** Where WOODPECKER_API_URL points elsewhere, that is the first thing to look at. */
  elsewhere: string[];
}

const browser = (origin: string) =>
  `Open ${origin} in a browser on this computer. If that fails too, it is the connection: look at the network, the VPN, the firewall.`;

const advice: Record<FailureKind, (place: Place) => Advice | undefined> = {
  key: () => ({
    what: "Woodpecker does not know this key",
    steps: [
      `${inWoodpecker}: is the key still there, and was it copied whole?`,
      "If in doubt choose Create a key, and put the new one in place of the old one in WOODPECKER_API_KEY.",
      restart,
    ],
  }),
  plan: ({ companyId }) => ({
    what: "Woodpecker does not let this account use the API",
    steps: [
      'In Woodpecker open Add-ons: the "API keys & integrations" add-on, or a trial of it, must be active.',
      "Look at the subscription: it must not have ended. Only the account's owner sees both.",
      ...(companyId
        ? [
            `Is client company ${companyId} yours and active? Without WOODPECKER_COMPANY_ID doctor lists the companies.`,
          ]
        : []),
    ],
  }),
  name: ({ host, origin, elsewhere }) => ({
    what: `this computer finds no address for ${host}`,
    steps: [
      ...elsewhere,
      browser(origin),
      "In a company network a proxy may be needed: ask for its address and set HTTPS_PROXY to it.",
    ],
  }),
  unreachable: ({ host, origin, elsewhere }) => ({
    what: `${host} cannot be reached`,
    steps: [...elsewhere, browser(origin)],
  }),
  clock: ({ host, elsewhere }) => ({
    what: `the certificate of ${host} is not valid today`,
    steps: ["Look at the date of this computer.", ...elsewhere],
  }),
  certificate: ({ host, elsewhere }) => ({
    what: `this computer does not trust the certificate that ${host} shows`,
    steps: [
      "A company proxy or a virus scanner often puts itself in between. Ask the people who run it for its certificate as a PEM file.",
      'Name the file where your assistant starts this server: "env": { "NODE_EXTRA_CA_CERTS": "/path/to/company.pem" }. It is read at the start only.',
      ...elsewhere,
    ],
  }),
  proxy: ({ host }) => ({
    what: "the proxy of HTTPS_PROXY, HTTP_PROXY or ALL_PROXY did not pass the request on",
    steps: [
      "Look at its address. One that wants a password is written http://name:password@host:port.",
      `If none is needed for Woodpecker, bypass it: NO_PROXY=${host}`,
    ],
  }),
  address: ({ host, elsewhere }) => ({
    what: `what answers at ${host} is not Woodpecker's API`,
    steps: [
      ...elsewhere,
      "A network with a login page, as in hotels, answers like this too: log in there first.",
    ],
  }),
  other: () => undefined,
};
