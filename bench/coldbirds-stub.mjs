/**
 * ColdBirds' upstream on loopback, as far as the jobs need it. Answers have the fields that the output schemas of
 * its manifest name, the texts and numbers are those of our own jobs, and ids are short, which favours it.
 */
import { createServer } from "node:http";
import { people, subject, texts } from "./drafts.mjs";
import { coldbirdsContacts } from "./many.mjs";

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

const routes = [
  [
    "GET",
    /^\/api\/v1\/campaigns$/,
    () => ({ data: campaigns, pagination: { nextCursor: null, hasMore: false } }),
  ],
  [
    "GET",
    /^\/api\/v1\/campaigns\/(\w+)$/,
    (id) => ({
      ...campaignAt(id),
      stepsCount: 3,
      dailyLimit: 15,
      trackOpens: true,
      trackClicks: false,
      tags: [],
    }),
  ],
  ["POST", /^\/api\/v1\/campaigns\/(\w+)\/pause$/, (id) => ({ id, status: "PAUSED" })],
  ["POST", /^\/api\/v1\/campaigns\/(\w+)\/resume$/, (id) => ({ id, status: "ACTIVE" })],
  ["POST", /^\/api\/v1\/enrollments\/(\w+)\/pause$/, (id) => ({ id, status: "PAUSED" })],
  [
    "GET",
    /^\/api\/v1\/contacts$/,
    () => ({ data: coldbirdsContacts, pagination: { nextCursor: null, hasMore: false } }),
  ],
  [
    "POST",
    /^\/api\/v1\/campaigns\/(\w+)\/duplicate$/,
    () => ({ id: "c2111", name: "Empty (copy)", status: "DRAFT", createdAt: at }),
  ],
  [
    "PATCH",
    /^\/api\/v1\/campaigns\/(\w+)$/,
    (id, body) => ({ ...campaignAt("c2101"), id, ...body, status: "DRAFT" }),
  ],
  [
    "GET",
    /^\/api\/v1\/campaigns\/(\w+)\/stats$/,
    (campaignId) => ({
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
  ],
  [
    "GET",
    /^\/api\/v1\/campaigns\/(\w+)\/steps$/,
    () => ({
      data: [
        step("s1", 1, texts[0]),
        step("s2", 2, texts[1], { variantOf: null, variantLabel: "A" }),
        step("s3", 3, texts[2]),
        step("s4", 2, texts[1], { variantOf: "s2", variantLabel: "B" }),
      ],
    }),
  ],
  [
    "POST",
    /^\/api\/v1\/campaigns\/(\w+)\/steps$/,
    (campaignId, body) => ({ ...step("s1", 1, ""), ...body, campaignId }),
  ],
  [
    "PATCH",
    /^\/api\/v1\/campaigns\/\w+\/steps\/(\w+)$/,
    (id, body) => ({ id, subject: "", delayDays: 3, delayHours: 0, ...body, updatedAt: at }),
  ],
  [
    "GET",
    /^\/api\/v1\/campaigns\/(\w+)\/settings$/,
    () => ({
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
  ],
  ["PATCH", /^\/api\/v1\/campaigns\/(\w+)\/settings$/, (_id, body) => ({ data: body })],
  [
    "GET",
    /^\/api\/v1\/campaigns\/(\w+)\/enrollments$/,
    (campaignId) => ({
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
  ],
  [
    "GET",
    /^\/api\/v1\/mailboxes$/,
    () => ({ data: [1, 2, 3, 4].map(mailbox), pagination: { nextCursor: null, hasMore: false } }),
  ],
  [
    "POST",
    /^\/api\/v1\/contacts$/,
    (_id, body) => ({ id: "p1", ...body, title: null, status: "ACTIVE", createdAt: at, updatedAt: at }),
  ],
];

export async function startColdBirds() {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const path = request.url.split("?")[0];
      const route = routes.find(([method, pattern]) => method === request.method && pattern.test(path));
      const answer = route?.[2](route[1].exec(path)[1] ?? "", text ? JSON.parse(text) : {});
      response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? { error: "not found" }));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
