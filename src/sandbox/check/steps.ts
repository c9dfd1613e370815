/** Checks steps and versions, one by one and as a chain. */
import { LINKEDIN_ACTIONS, type LinkedInAction, MAX_STEPS } from "../campaign.ts";
import { hasOnlyKnownTags, tagsOf } from "./text.ts";
import {
  anything,
  type Check,
  isBoolean,
  isFilled,
  isId,
  isInteger,
  isList,
  isNullOr,
  isObject,
  isOneOf,
  isRecord,
  isString,
} from "./value.ts";
import { isDeliveryTime } from "./windows.ts";

const isText: Check = (value) => typeof value === "string" && hasOnlyKnownTags(value);
const isFilledText: Check = (value) => isFilled(value) && isText(value);
const isVersionList = (check: Check): Check => isList(check, 1, 5);

// Ids and letters made by the client are taken and replaced, as one live client observed.
const ignoredFields = { id: isString, version: isString };

// Whether MINUTE is accepted on writing is open; the newer pages list it, so it is.
// What is left out of it is 1 or DAY.
const isDelay = isObject({}, { range: isOneOf(["DAY", "HOUR", "MINUTE"]), value: isInteger(1, 9999) });

// The chain is followed by a loop in isStepTree: checked here, a hostile depth would overflow the stack.
const chainFields = { id: isString, followup_after: isDelay, followup: anything };

export const isEmailVersion = isObject(
  { message: isFilledText },
  {
    ...ignoredFields,
    subject: isNullOr(isText),
    signature: isOneOf(["SENDER", "NO_SIGNATURE"]),
    track_opens: isBoolean,
  },
);

const isEmailStep = isObject(
  {
    type: isOneOf(["EMAIL"]),
    delivery_time: isDeliveryTime,
    body: isObject({ versions: isVersionList(isEmailVersion) }),
  },
  chainFields,
);

const isInMailSubject: Check = (value) =>
  typeof value === "string" && value.length <= 200 && tagsOf(value).length === 0;

export const LINKEDIN_VERSION: Record<LinkedInAction, Check> = {
  VISIT_PROFILE: isObject({ message: isOneOf([""]) }, ignoredFields),
  CONNECTION_REQUEST: isObject({ message: isText }, ignoredFields),
  DIRECT_MESSAGE: isObject({ message: isFilledText }, ignoredFields),
  INMAIL_MESSAGE: isObject({ message: isFilledText }, { ...ignoredFields, subject: isInMailSubject }),
};

const isLinkedInShape = isObject({
  action_type: isOneOf(LINKEDIN_ACTIONS),
  linkedin_account_id: isId,
  versions: anything,
});

const isLinkedInBody: Check = (value) =>
  isRecord(value) &&
  isLinkedInShape(value) &&
  isVersionList(LINKEDIN_VERSION[value.action_type as LinkedInAction])(value.versions);

const isLinkedInStep = isObject({ type: isOneOf(["LINKEDIN"]), body: isLinkedInBody }, chainFields);

/** One step by itself, whatever follows it. */
const isStep: Check = (value) => isEmailStep(value) || isLinkedInStep(value);

/** Nothing may hang on a step that is appended, and nothing shows a sample where something does. */
export const isLastStep: Check = (value) => isStep(value) && !(value as Node).followup;

const isStart = isObject({ type: isOneOf(["START"]), followup: isRecord }, { id: isString });

interface Node {
  type?: unknown;
  body?: { versions: { subject?: unknown }[] };
  followup?: unknown;
}

export const isStepTree: Check = (value) => {
  if (!isStart(value)) return false;
  let opened = false;
  let next = (value as Node).followup;
  for (let count = 1; next !== undefined && next !== null; count++) {
    if (count > MAX_STEPS || !isStep(next)) return false;
    const step = next as Node;
    if (step.type === "EMAIL" && !opened) {
      opened = true;
      if (!step.body?.versions.every((version) => isFilled(version.subject))) return false;
    }
    next = step.followup;
  }
  return true;
};
