/** The facts of a question: what matters most first and large, the rest in pairs; long texts as they are. */
import { unquoted } from "./data.ts";
import { capital } from "./plain.ts";
import { Said } from "./said.tsx";
import type { Launch } from "./types.ts";
import { factWords, leadingFacts } from "./words.ts";

/** The header has these. */
const shownAbove = ["campaign", "name", "status"];

export function Facts({ facts }: { facts: Launch["facts"] }) {
  const own = Object.entries(facts).filter(([label]) => !shownAbove.includes(label));
  const leading = leadingFacts.flatMap((label) => own.filter(([one]) => one === label));
  const rest = own.filter((fact) => !leading.includes(fact));
  const isLong = ([, value]: [string, unknown]) => /\n|.{160}/.test(String(value));
  return (
    <>
      {leading.length > 0 && <List facts={leading} look="facts leading" isLeading />}
      <List facts={rest.filter((fact) => !isLong(fact))} look="facts" />
      <List facts={rest.filter(isLong)} look="facts long" />
    </>
  );
}

interface ListProps {
  facts: [string, string | number][];
  look: string;
  isLeading?: boolean;
}

function List({ facts, look, isLeading = false }: ListProps) {
  if (facts.length === 0) return null;
  return (
    <dl class={look}>
      {facts.map(([label, value]) => (
        <div>
          <dt>{factWords[label] ?? capital(label)}</dt>
          <dd>
            {label === "LinkedIn account" ? (
              accounts(String(value))
            ) : isLeading ? (
              <Leading value={String(value)} />
            ) : (
              <Fact value={String(value)} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The number or the day stands out, with what there is to say of it below. */
function Leading({ value }: { value: string }) {
  const [, head = "", mark, rest = ""] =
    /^(\d+(?=[ ,:])|.*?)(?:([,:] (?=\D)|(?<=^\d+)[,:]? )(.*))?$/s.exec(value) ?? [];
  return (
    <>
      <b>
        <Said text={head} />
      </b>
      {mark && <span class="hidden">{mark}</span>}
      {rest && (
        <span class="quiet">
          <Said text={rest} />
        </span>
      )}
    </>
  );
}

/** What others wrote stands as it is, with its lines. */
function Fact({ value }: { value: string }) {
  const own = unquoted(value);
  return own === value ? <Said text={value} /> : <span class="quoted">{own}</span>;
}

/** `12 "Nora Vance"`: the name is for people. */
const accounts = (value: string) => value.replace(/\d+ "((?:[^"\\]|\\.)*)"/g, "$1");

/** Nobody would get anything by it. */
export const isForNobody = (facts: Launch["facts"]) =>
  /^0\b/.test(String(facts["will be written to"] ?? facts["people enrolled"] ?? ""));

/** The facts of one of several campaigns, which stand in one text; what others wrote may look like a label. */
export function factsIn(text: string): Record<string, string> {
  const kept: string[] = [];
  const masked = text.replace(/"(?:[^"\\]|\\.)*"/g, (piece) => `\ue000${kept.push(piece) - 1}\ue000`);
  const parts = masked.slice(masked.indexOf("? ") + 2).split(/; (?=[A-Za-z-]+(?: [A-Za-z-]+){0,4}: )/);
  const whole = (piece: string) => piece.replace(/\ue000(\d+)\ue000/g, (_all, at) => kept[Number(at)] ?? "");
  return Object.fromEntries(
    parts.flatMap((part) => {
      const at = part.indexOf(": ");
      return at < 0 ? [] : [[part.slice(0, at), whole(part.slice(at + 2))]];
    }),
  );
}
