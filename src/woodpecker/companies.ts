/** `GET /rest/v2/agency/companies`: the client companies of an agency, 50 a page, pages from 1. */

import { quoted, visible } from "../values/foreign.ts";
import { asNumber, asObject, asString } from "../values/loose.ts";
import { entriesOf } from "./answers.ts";
import type { Api, Client } from "./client.ts";

export interface Company {
  id: number;
  name: string;
  active?: boolean;
}

const MAX_PAGES = 40;

export async function readCompanies(api: Api): Promise<Company[]> {
  const all: Company[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = asObject(await api.get("/rest/v2/agency/companies", { page: String(page) }));
    const content = entriesOf(answer, "content").map(companyFrom);
    all.push(...content);
    const pages = asNumber(asObject(answer.pagination_data).total_pages) ?? 1;
    if (page >= pages || content.length === 0) break;
  }
  return all;
}

function companyFrom(entry: unknown): Company {
  const { id, name, active } = asObject(entry);
  return {
    id: asNumber(id) ?? 0,
    name: visible(asString(name) ?? ""),
    ...(typeof active === "boolean" && { active }),
  };
}

/** 7001 "Northwind"; only the number where the name cannot be read. */
export async function companyLabel(client: Client, id: string): Promise<string> {
  try {
    const companies = await readCompanies(client.forCall({}));
    const name = companies.find((one) => String(one.id) === id)?.name;
    return name ? `${id} ${quoted(name)}` : id;
  } catch {
    return id;
  }
}
