/** The prospects of the seeded account. */
import type { Prospect } from "../state.ts";

// name|company|title|city/country|industry|tag, in the order of the campaigns they are enrolled in. Everybody and
// every company is invented; those without a company write from an address at example.com.
const TABLE = `
Lena Brandt|Quarrystone Logistik|Head of Logistics|Graz/Austria|Warehousing|DACH
Tobias Keller|Lagerhof|Warehouse Manager|Hamburg/Germany|Warehousing|DACH
Mareike Vogt|Stapelwerk|COO|Leipzig/Germany|Warehousing|DACH
Jonas Amsel|Alpenkiste|Supply Chain Lead|Basel/Switzerland|Warehousing|DACH
Carla Ritter|Nordkai Spedition|Head of Logistics|Graz/Austria|Warehousing|DACH
Henrik Falk|Palettenring|Warehouse Manager|Hamburg/Germany|Warehousing|DACH
Ilse Huber|Talbach Handel|COO|Leipzig/Germany|Warehousing|DACH
Matteo Conti|Regalfabrik|Supply Chain Lead|Basel/Switzerland|Warehousing|DACH
Greta Stein|Hafenbogen|Head of Logistics|Graz/Austria|Warehousing|DACH
Florian Lorenz|Kistenwelt|Warehouse Manager|Hamburg/Germany|Warehousing|DACH
Sanne Maas|Silberfracht|COO|Leipzig/Germany|Warehousing|DACH
Emil Bauer|Lindau Lager|Supply Chain Lead|Basel/Switzerland|Warehousing|DACH
Ruta Juozas|Kornspeicher|Head of Logistics|Graz/Austria|Warehousing|DACH
Oskar Weiss|Rampe 9|Warehouse Manager|Hamburg/Germany|Warehousing|DACH
Paula Lange|Felsmarkt|COO|Leipzig/Germany|Warehousing|DACH
Dario Moretti||Supply Chain Lead|Basel/Switzerland|Warehousing|DACH
Fenna Dekker||Head of Logistics|Graz/Austria|Warehousing|DACH
Kai Winter|Bergwaren|Warehouse Manager|Hamburg/Germany|Warehousing|DACH
Astrid Nyberg|Fjordbyte|Founder|Bergen/Norway|Software|NORDICS
Leif Strand|Snowline Studio|Head of People|Malmo/Sweden|Software|NORDICS
Signe Holm|Lumi Software|Finance Lead|Turku/Finland|Software|NORDICS
Aksel Lund|Kettle and Pine|CTO|Aarhus/Denmark|Software|NORDICS
Maren Dahl|Norrvik Design|Founder|Bergen/Norway|Software|NORDICS
Tuva Berg|Saga Analytics|Head of People|Malmo/Sweden|Software|NORDICS
Einar Solberg||Finance Lead|Turku/Finland|Software|NORDICS
Liv Vik|Isbre Games|CTO|Aarhus/Denmark|Software|NORDICS
Runa Aas|Havnlys|Founder|Bergen/Norway|Software|NORDICS
Nils Ekman|Birkeland Apps|Head of People|Malmo/Sweden|Software|NORDICS
Zofia Wilk|Targowa Meble|Owner|Poznan/Poland|Manufacturing|FAIR
Kamil Nowicki|Polna Tools|Purchasing Manager|Lodz/Poland|Manufacturing|FAIR
Hanna Zielna|Rzeka Print|Operations Lead|Lviv/Ukraine|Manufacturing|FAIR
Piotr Sowa|Szklany Dom|Owner|Poznan/Poland|Manufacturing|FAIR
Iga Lis|Mostowa Parts|Purchasing Manager|Lodz/Poland|Manufacturing|FAIR
Marek Dudek|Drewno Plus|Operations Lead|Lviv/Ukraine|Manufacturing|FAIR
Olena Koval||Owner|Poznan/Poland|Manufacturing|FAIR
Borys Hrin|Zielony Kosz|Purchasing Manager|Lodz/Poland|Manufacturing|FAIR
Amelia Hart|Harrow and Lane|Merchandise Planner|Bristol/United Kingdom|Retail|RETAIL
Rupert Penn|Pennygate Homeware|Buying Director|Leeds/United Kingdom|Retail|RETAIL
Imogen Locke|Larkfield|Stock Controller|Bristol/United Kingdom|Retail|RETAIL
Felix Marsh|Cobble Street|Merchandise Planner|Leeds/United Kingdom|Retail|RETAIL
Tessa Quill||Buying Director|Bristol/United Kingdom|Retail|RETAIL
Hugo Finch|Marlow Garden|Stock Controller|Leeds/United Kingdom|Retail|RETAIL
Delia Rowe|Redhook Creative|Agency Owner|Denver/United States|Marketing|AGENCY
Marcus Stone|Stonebridge Media|Studio Manager|Boston/United States|Marketing|AGENCY
Joanne Vale|Valemont|Head of Operations|Denver/United States|Marketing|AGENCY
Owen Pryce|Pryce Partners|Agency Owner|Boston/United States|Marketing|AGENCY
Priya Nair|Bluewick|Studio Manager|Denver/United States|Marketing|AGENCY
Caleb Reed|Reedhouse|Head of Operations|Boston/United States|Marketing|AGENCY
Beatriz Matos|Cortica Vinhos|Product Manager|Porto/Portugal|Consumer goods|BETA
Rui Faria|Azulejo Labs|Owner|Braga/Portugal|Consumer goods|BETA
Ines Serra|Serra Nova|E-commerce Lead|Brno/Czechia|Consumer goods|BETA
Duarte Pinto|Mar e Sal|Operations Lead|Porto/Portugal|Consumer goods|BETA
Alma Neves||Product Manager|Braga/Portugal|Consumer goods|BETA
Nuno Lobo|Lobo Bikes|Owner|Brno/Czechia|Consumer goods|BETA
Clara Prado|Pradoverde|E-commerce Lead|Porto/Portugal|Consumer goods|BETA
Vasco Leal|Leal Ceramics|Operations Lead|Braga/Portugal|Consumer goods|BETA
Petra Hruska|Vltava Forms|Product Manager|Brno/Czechia|Consumer goods|BETA
Simon Novy|Novy Press|Owner|Porto/Portugal|Consumer goods|BETA
Edda Lindt|Seeblick Papier|E-commerce Lead|Braga/Portugal|Consumer goods|BETA
Milan Kolar|Kolarna|Operations Lead|Brno/Czechia|Consumer goods|BETA
`;

const FIRST_ID = 90_001;

export function seededProspects(updated: Date): Prospect[] {
  return TABLE.trim()
    .split("\n")
    .map((line, index) => {
      const [name = "", company = "", title = "", place = "", industry = "", tag = ""] = line.split("|");
      const [first_name = "", last_name = ""] = name.split(" ");
      const [city = "", country = ""] = place.split("/");
      const slug = company.toLowerCase().replace(/[^a-z0-9]+/g, "-");
      const domain = company ? `${slug}.example` : "example.com";
      const fields = {
        first_name,
        last_name,
        company,
        title,
        city,
        country,
        industry,
        tags: `#${tag}`,
        website: company && `https://${domain}`,
        // Not everybody can be found there: a LinkedIn step has to cope with the gap.
        linkedin_url:
          index % 4 === 1 ? "" : `https://linkedin.example/in/${first_name}-${last_name}`.toLowerCase(),
        phone: index % 3 === 0 ? `+00 555 01${String(index).padStart(2, "0")}` : "",
        snippet1: index % 2 === 0 ? `your team in ${city}` : "",
      };
      return {
        id: FIRST_ID + index,
        email: `${first_name}.${last_name}@${domain}`.toLowerCase(),
        status: "ACTIVE",
        fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")),
        updated,
      };
    });
}
