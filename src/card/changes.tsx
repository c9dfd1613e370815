/** What was changed, before and after side by side. */
import { capital, forPerson } from "./plain.ts";
import type { BeforeAfter } from "./types.ts";
import { argumentWords } from "./words.ts";

export function Changes({ changed }: { changed: readonly (BeforeAfter | string)[] }) {
  const named = changed.filter((one) => typeof one === "string");
  const full = changed.filter((one) => typeof one !== "string");
  return (
    <section class="panel" aria-labelledby="changed">
      <h2 id="changed">What was changed</h2>
      {full.map((change) => (
        <figure class="change">
          <figcaption>{placeOf(change)}</figcaption>
          <Value label="Before" value={change.before} />
          <Value label="After" value={change.after} />
        </figure>
      ))}
      {named.length > 0 && (
        <ul>
          {named.map((one) => (
            <li>{capital(forPerson(one))}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function placeOf({ step, version, field = "", what }: BeforeAfter): string {
  const words = [
    step !== undefined && `step ${step}`,
    version !== undefined && `version ${version}`,
    what ? forPerson(what) : (argumentWords[field] ?? field.replace(/^settings\./, "").replaceAll("_", " ")),
  ];
  return capital(words.filter(Boolean).join(", "));
}

function Value({ label, value }: { label: string; value: unknown }) {
  const isNone = value === undefined || value === null || value === "";
  const said = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  return (
    <div>
      <p class="quiet">{label}</p>
      {isNone ? (
        <p class="quiet">nothing</p>
      ) : (
        <pre class="plain">{typeof value === "boolean" ? (value ? "on" : "off") : said}</pre>
      )}
    </div>
  );
}
