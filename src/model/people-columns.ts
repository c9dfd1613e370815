/** Headers of a table of people, as tools and languages name them, and the fields of a prospect that they mean. */
import { searchFields } from "./prospects.ts";

/** The name of a person in one cell, which becomes two fields. */
export const FULL_NAME = "full name";

/** Names in small letters without accents and signs; the first one of a field is taken before the others. */
const names: Record<string, string> = {
  email:
    "email emailaddress mail mailaddress emailadresse mailadresse adresemail adresseemail adressemail courriel workemail workemailaddress businessemail businessemailaddress companyemail corporateemail professionalemail emailprofessionnel emailpro emailsluzbowy geschaeftlicheemail personalemail privateemail privatemail correo correoelectronico emailaddress1 email1 email1value indirizzoemail poczta adrespocztyelektronicznej emailadres электроннаяпочта",
  first_name:
    "firstname first forename givenname vorname prenom imie nombre nome voornaam fornavn fornamn etunimi jmeno имя імя ім'я ad nombredepila",
  last_name:
    "lastname last surname familyname nachname familienname zuname nazwisko nomdefamille apellido apellidos cognome sobrenome achternaam efternavn efternamn sukunimi prijmeni фамилия прізвище soyad",
  company:
    "company companyname organization organisation organizationname organisationname employer account accountname firma firmenname unternehmen unternehmensname entreprise societe raisonsociale nazwafirmy empresa nombredelaempresa azienda ragionesociale bedrijf bedrijfsnaam yritys foretag virksomhed spolecnost компания компанія aussteller exhibitor currentcompany companynameforemails",
  title:
    "jobtitle title position jobposition role jobrole function funktion job berufsbezeichnung stellenbezeichnung stanowisko poste fonction intitule intituledeposte cargo puesto ruolo posizione functie funktsiya должность посада currenttitle currentposition headline",
  website:
    "website websiteurl companywebsite companywebsiteurl web www url domain companydomain companydomainname companyurl homepage webseite internetseite siteweb sitio sitioweb sitoweb strona stronawww stronainternetowa сайт",
  linkedin_url:
    "linkedinurl linkedin linkedinprofile linkedinprofileurl linkedinurlprofile profileurl linkedinlink linkedinprofil profillinkedin publicprofileurl linkedinpublicprofileurl salesnavigatorurl",
  phone:
    "phone phonenumber workphone workdirectphone directphone businessphone telephone telefon telefonnummer tel telefono telefoon mobile mobilephone mobilephonenumber mobilenumber mobil handy handynummer mobiltelefon portable cell cellphone gsm phone1 firstphone corporatephone companyphone nrtelefonu numertelefonu телефон",
  address:
    "address streetaddress street address1 addressline1 strasse adresse ulica adres direccion indirizzo rue adress",
  city: "city town ort stadt wohnort ville miasto ciudad citta cidade plaats stad mesto город місто",
  state:
    "state province stateregion stateprovince bundesland wojewodztwo provincia estado departement kanton",
  country: "country countryregion land pays kraj pais paese countryname stat страна країна",
  industry: "industry branche branza secteur secteurdactivite sector settore industria sektor отрасль галузь",
  tags: "tags tag labels schlagworte etikety tagi",
  status: "status",
  interested: "interested interestlevel",
  send_after: "sendafter",
};

const letters: Record<string, string> = { ł: "l", ß: "ss", ø: "o", đ: "d", æ: "ae", œ: "oe" };

/** "E-Mail (work)" and "e_mail work" are one name. */
export const bareHeader = (header: string): string =>
  header
    .toLowerCase()
    .replace(/[łßøđæœ]/g, (letter) => letters[letter] as string)
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "");

const ranks = new Map(
  Object.entries(names).flatMap(([field, list]) =>
    list.split(" ").map((name, rank) => [bareHeader(name), { field, rank }] as const),
  ),
);

/** Of a whole name, and of a surname where the first name has a column of its own. */
const nameWords = new Set(
  "name nom fullname contactname displayname nameandsurname imieinazwisko nomcomplet nometprenom prenomnom vornameundnachname vornamenachname nachnamevorname namevorname ansprechpartner nombrecompleto nomecompleto nomeecognome nombreyapellidos volledigenaam contact kontakt kontaktperson personname".split(
    " ",
  ),
);
const surnameWords = new Set(["name", "nom"]);

/** "E-Mail (work)", "Private Email"; a second one ("Email 2", "Secondary Email") is none of these. */
const mailForm =
  /^(?:work|business|primary|main|professional|private|personal|company|office|corporate|direct|contact|lead|person|home)?e?mail(?:address|adresse)?(?:work|business|primary|private|personal|home|arbeit|geschaftlich|privat|1|value)?$/;

/** Words before a name that say nothing about it. */
const before =
  /^(?:contact|person|persons|people|lead|leads|prospect|prospects|recipient|attendee|participant|visitor|besucher|teilnehmer|kontakt)(?=.)/;

interface Meaning {
  field: string;
  /** The smaller, the surer. */
  rank: number;
}

/** What a header means by itself; nothing where it is a name of the person's own. */
export function meaningOf(header: string): Meaning | undefined {
  const name = bareHeader(header);
  const own = /^(?:custom)?snipp?et([1-9]|1[0-5])$/.exec(name);
  if (own) return { field: `snippet${own[1]}`, rank: 0 };
  if (mailForm.test(name)) return { field: "email", rank: 1 };
  const found = ranks.get(name) ?? ranks.get(name.replace(before, ""));
  if (found) return found;
  return nameWords.has(name) ? { field: FULL_NAME, rank: surnameWords.has(name) ? 1 : 0 } : undefined;
}

/** Every field that a column may be given to. */
export const columnFields = [
  "email",
  "first_name",
  "last_name",
  FULL_NAME,
  "linkedin_url",
  ...searchFields.filter((field) => !/^(?:first_name|last_name|organization_id)$/.test(field)),
  "status",
  "interested",
  "send_after",
];
