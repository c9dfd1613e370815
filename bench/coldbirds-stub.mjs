/**
 * ColdBirds' upstream on loopback, as far as the jobs need it. Answers have the fields that the output schemas of
 * its manifest name, the texts and numbers are those of our own jobs, and ids are short, which favours it.
 */
import { createServer } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { people, subject, texts } from "./drafts.mjs";
import { coldbirdsContacts } from "./many.mjs";
import { onLoopback } from "./web.mjs";

const at = "2026-11-22T08:00:00.000Z";
const names = [
  "Warehouse leads, DACH",
  "Contractor payroll, Nordics",
  "Trade fair visitors",
  "Retail planners, spring",
  "Agencies, second wave",
  "Beta users, thank you round",
  ...[1, 2, 3, 4].map((n) => `Bakeries in Lyon, ${n}`),
];
const campaigns = names.map((name, index) => ({
  id: `c${2101 + index}`,
  name,
  status: index === 0 ? "ACTIVE" : "PAUSED",
  createdAt: at,
  updatedAt: at,
}));
const step = (id, order, text, more = {}) => ({
  id,
  campaignId: "c2107",
  order,
  subject: order === 1 ? subject : "",
  bodyHtml: text,
  delayDays: order === 1 ? 0 : 3,
  delayHours: 0,
  createdAt: at,
  updatedAt: at,
  ...more,
});
const mailbox = (n) => ({
  id: `m${n}`,
  emailAddress: `nora${n}@northwind.example`,
  displayName: "Nora Vance",
  provider: "GSUITE",
  status: n === 4 ? "DISCONNECTED" : "ACTIVE",
  warmupEnabled: false,
  smtpOk: n !== 4,
  imapOk: true,
  dnsMxOk: true,
  dnsSpfOk: true,
  dnsDkimOk: true,
  connectionFailCount: 0,
  createdAt: at,
  updatedAt: at,
});
const campaignAt = (id) => campaigns.find((one) => one.id === id) ?? campaigns[0];

const page = (data) => ({ data, pagination: { nextCursor: null, hasMore: false } });

/** By method and path; what stands for a star is given with the body. */
const routes = {
  "GET campaigns": () => page(campaigns),
  "GET campaigns/*": (id) => ({
    ...campaignAt(id),
    stepsCount: 3,
    dailyLimit: 15,
    trackOpens: true,
    trackClicks: false,
    tags: [],
  }),
  "PATCH campaigns/*": (id, body) => ({ ...campaignAt("c2101"), id, ...body, status: "DRAFT" }),
  "POST campaigns/*/pause": (id) => ({ id, status: "PAUSED" }),
  "POST campaigns/*/resume": (id) => ({ id, status: "ACTIVE" }),
  "POST campaigns/*/duplicate": () => ({
    id: "c2111",
    name: "Empty (copy)",
    status: "DRAFT",
    createdAt: at,
  }),
  "GET campaigns/*/stats": (campaignId) => ({
    campaignId,
    sent: 29,
    opened: 19,
    clicked: 2,
    replied: 4,
    bounced: 1,
    openRate: 0.6552,
    clickRate: 0.069,
    replyRate: 0.1379,
    bounceRate: 0.0345,
  }),
  "GET campaigns/*/steps": () => ({
    data: [
      step("s1", 1, texts[0]),
      step("s2", 2, texts[1], { variantOf: null, variantLabel: "A" }),
      step("s3", 3, texts[2]),
      step("s4", 2, texts[1], { variantOf: "s2", variantLabel: "B" }),
    ],
  }),
  "POST campaigns/*/steps": (campaignId, body) => ({ ...step("s1", 1, ""), ...body, campaignId }),
  "PATCH campaigns/*/steps/*": (_id, body, stepId) => ({
    id: stepId,
    subject: "",
    delayDays: 3,
    delayHours: 0,
    ...body,
    updatedAt: at,
  }),
  "GET campaigns/*/settings": () => ({
    data: {
      dailyLimit: 15,
      stopOnReply: true,
      trackOpens: true,
      trackClicks: false,
      schedule: {
        timezone: "Europe/Berlin",
        days: ["MON", "TUE", "WED", "THU", "FRI"],
        from: "08:00",
        to: "17:00",
      },
    },
  }),
  "PATCH campaigns/*/settings": (_id, body) => ({ data: body }),
  "GET campaigns/*/enrollments": (campaignId) => ({
    data: people(18).map(({ email }, index) => ({
      id: `e${index + 1}`,
      campaignId,
      contactId: `p${index + 1}`,
      contactEmail: email,
      status: "ACTIVE",
      currentStep: 1 + (index % 3),
      scheduledAt: null,
      createdAt: at,
      updatedAt: at,
    })),
  }),
  "POST enrollments/*/pause": (id) => ({ id, status: "PAUSED" }),
  "GET contacts": () => page(coldbirdsContacts),
  "POST contacts": (_id, body) => ({
    id: "p1",
    ...body,
    title: null,
    status: "ACTIVE",
    createdAt: at,
    updatedAt: at,
  }),
  "GET mailboxes": () => page([1, 2, 3, 4].map(mailbox)),
};

export const startColdBirds = () =>
  onLoopback(
    createServer(async (request, response) => {
      const [, , , first, id, ...rest] = request.url.split("?")[0].split("/");
      const pattern = [first, ...(id ? ["*"] : []), ...rest.map((part, index) => (index % 2 ? "*" : part))];
      const route = routes[`${request.method} ${pattern.join("/")}`];
      const body = (await textOf(request)) || "{}";
      response.writeHead(route ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(route?.(id, JSON.parse(body), rest[1]) ?? { error: "not found" }));
    }),
  );
