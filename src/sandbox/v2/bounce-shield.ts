/** GET, PUT and DELETE of a campaign's bounce shield threshold. */
import { isInteger, isObject } from "../check/value.ts";
import { business, type Reply } from "../reply.ts";
import { type Call, findCampaign } from "../router.ts";

const isThreshold = isObject({ bounce_rate_threshold: isInteger(1, 99) });

// No status is named as a condition, so the shield can be set up in every one.

export function getBounceThreshold(call: Call): Reply {
  return { status: 200, body: { bounce_rate_threshold: findCampaign(call).bounceThreshold } };
}

export function setBounceThreshold(call: Call): Reply {
  const found = findCampaign(call);
  if (!isThreshold(call.body)) throw business("INPUT_DATA_VALIDATION_FAILURE");
  found.bounceThreshold = (call.body as { bounce_rate_threshold: number }).bounce_rate_threshold;
  return { status: 204 };
}

/** The status is not visible; the one that setting has. */
export function clearBounceThreshold(call: Call): Reply {
  findCampaign(call).bounceThreshold = null;
  return { status: 204 };
}
