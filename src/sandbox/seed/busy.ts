/** The campaigns that a busy account has besides: all of them run, from mailboxes that others use too. */
import { email, mail, type SeededCampaign, sequence } from "./campaigns.ts";

/** People of the other campaigns; 90003 is in all three, and in 2101 as well. */
type BusyCampaign = SeededCampaign & { people: number[] };

const elsewhere = email(1, mail(null, "is there somebody else I should ask?"));

export const BUSY_CAMPAIGNS: BusyCampaign[] = [
  {
    id: 2111,
    status: "RUNNING",
    createdDaysAgo: 14,
    lastTouchDaysAgo: 1,
    inApp: { folder: { id: 31, name: "Northwind" } },
    people: [90_003, 90_005, 90_008, 90_011, 90_012, 90_018],
    journeys: ["s", "o", "s", "", "", ""],
    body: sequence("Night shifts, DACH", [501], "Europe/Berlin", 20, [
      email(3, mail("Counting at night", "who counts when nobody picks?")),
      elsewhere,
    ]),
  },
  {
    id: 2112,
    status: "RUNNING",
    createdDaysAgo: 9,
    lastTouchDaysAgo: 1,
    people: [90_037, 90_038, 90_039, 90_040, 90_003, 90_005],
    journeys: ["o", "s", "", "", "", ""],
    body: sequence("Shop floors, week by week", [501, 502], "Europe/London", 20, [
      email(3, mail("The shelf on Mondays", "what is missing on the shelf on a Monday?")),
      elsewhere,
    ]),
  },
  {
    id: 2113,
    status: "RUNNING",
    createdDaysAgo: 6,
    lastTouchDaysAgo: 1,
    inApp: { folder: { id: 32, name: "Brightlane" } },
    people: [90_020, 90_021, 90_023, 90_024, 90_003],
    journeys: ["s", "", "", "", ""],
    body: sequence("Payroll, second round", [502, 505], "Europe/Stockholm", 15, [
      email(3, mail("Paying abroad, again", "did the last payday go as planned?")),
      elsewhere,
    ]),
  },
];
