/** PATCH of one version of a step. */
import { normaliseHtml } from "../build-campaign.ts";
import type { EmailVersion, LinkedInVersion, Step } from "../campaign.ts";
import { isEmailVersion, LINKEDIN_VERSION } from "../check/steps.ts";
import { type Check, isBoolean, isNullOr, isObject, isString } from "../check/value.ts";
import { randomIds } from "../ids.ts";
import { business, notFound, type Reply } from "../reply.ts";
import type { Call } from "../router.ts";
import { editReply, findEditable, findStep } from "./editable.ts";

type Version = EmailVersion | LinkedInVersion;
type Patch = Partial<EmailVersion>;

const isPatch = isObject(
  {},
  { subject: isNullOr(isString), message: isString, signature: isString, track_opens: isBoolean },
);

export function patchVersion(call: Call): Reply {
  const found = findEditable(call, isPatch);
  const step = findStep(call, found);
  const versions: Version[] = step.body.versions;
  const index = versions.findIndex(({ id }) => id === call.params.version_id);
  const version = versions[index];
  if (!version) throw notFound();
  const patched = { ...version, ...(call.body as Patch) };
  if (!checkOf(step)(patched)) throw business("INPUT_DATA_VALIDATION_FAILURE");
  if (step.type === "EMAIL") patched.message = normaliseHtml(patched.message);
  // The check has just found it to be a version of its kind.
  versions[index] = rehashed(version, patched as Version);
  return editReply(call, found);
}

/** A first e-mail may lose its subject here: it is run that then refuses. */
function checkOf(step: Step): Check {
  return step.type === "EMAIL" ? isEmailVersion : LINKEDIN_VERSION[step.body.action_type];
}

/** The id is a hash, and nothing promises that it outlives a change of the text. */
function rehashed(before: Version, after: Version): Version {
  const same = before.message === after.message && before.subject === after.subject;
  return same ? after : { ...after, id: randomIds.version() };
}
