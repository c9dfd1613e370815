/** Domains whose blocking would hit strangers or oneself. Loaded when somebody blocks a domain: the lists are large. */
import providers from "email-providers/all.json" with { type: "json" };
import { parse } from "tldts";

/** Not in the list, or not under each of their endings. */
const MORE = new Set(
  "gmx hotmail yahoo ymail rocketmail googlemail protonmail tutanota tuta fastmail posteo mailfence startmail".split(
    " ",
  ),
);
const ALSO = new Set(["duck.com", "keemail.me", "tutamail.com", "tuta.io", "passmail.net"]);
const publicMail = new Set<string>(providers);

const rules = { allowPrivateDomains: true };

/** @returns why not, after "was not blocked: " */
export function whyNotBlock(domain: string, own: readonly string[]): string | undefined {
  const { publicSuffix, domain: registered, domainWithoutSuffix } = parse(domain, rules);
  if (registered === null || publicSuffix === domain)
    return "it is a public suffix, under which strangers have their domains";
  const mine = own.find((one) => one === domain || (parse(one, rules).domain ?? one) === registered);
  if (mine !== undefined) return `you send from ${mine} yourself`;
  const isPublic = [domain, registered].some((one) => publicMail.has(one) || ALSO.has(one));
  if (isPublic || MORE.has(domainWithoutSuffix ?? ""))
    return "it is a public mail provider, whose addresses belong to anybody; give addresses instead";
  return undefined;
}
