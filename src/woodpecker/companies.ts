/** `GET /rest/v2/agency/companies`: the client companies of an agency, 50 a page, pages from 1. */

import { quoted, visible } from "../values/foreign.ts";
import { asNumber, asObject, asString, type Loose } from "../values/loose.ts";
import { entriesOf } from "./answers.ts";
import type { Api, Client } from "./client.ts";

export interface Company {
  id: number;
  name: string;
  active?: boolean;
}

const MAX_PAGES = 40;

export async function readCompanies(api: Api): Promise<Company[]> {
  const companies: Company[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await api.get("/rest/v2/agency/companies", { page: String(page) });
    const found = entriesOf(answer, { field: "content" }).map(companyFrom);
    companies.push(...found);
    const pages = asNumber(asObject(asObject(answer).pagination_data).total_pages) ?? 1;
    if (page >= pages || found.length === 0) break;
  }
  return companies;
}

function companyFrom({ id, name, active }: Loose): Company {
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
    const name = companies.find((company) => String(company.id) === id)?.name;
    return name ? `${id} ${quoted(name)}` : id;
  } catch {
    return id;
  }
}
