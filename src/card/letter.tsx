/** One e-mail of the selected step, as a chosen person would get it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { findingsOf, isAt } from "./data.ts";
import { Findings, findingsAt, tallyOf } from "./findings.tsx";
import { harmless, letterPage, textOfHtml } from "./letter-page.ts";
import { Said } from "./said.tsx";
import { whatOf } from "./sequence.tsx";
import { Tabs } from "./tabs.tsx";
import type { Known, Letter, SequenceStep } from "./types.ts";
import { useWidth } from "./use-width.ts";

interface Props {
  known: Known;
  step: SequenceStep;
  /** Asks for the e-mails of this person, or of other people; absent where the host lets the card ask nothing. */
  onAsk?: ((about: { email: string } | { others: true }) => void) | undefined;
  isAsking: boolean;
}

/** The e-mail as it is written, for nobody in particular. */
const TEMPLATE = "";

export function LetterView({ known, step, onAsk, isAsking }: Props) {
  const [chosenVersion, setVersion] = useState<string>();
  const [chosenEmail, setEmail] = useState<string>();
  const [chosenVariant, setVariant] = useState(1);

  const emails = known.preview?.emails ?? [];
  const people = [...new Set(emails.map(({ email }) => email))];
  const versions = step.versions.map(({ version }) => version);
  const email = chosenEmail === TEMPLATE || people.includes(chosenEmail ?? "") ? chosenEmail : people[0];
  const drawn = emails.find((one) => one.step === step.step && one.email === email)?.version;
  const version = [chosenVersion, drawn, versions[0]].find((one) => one && versions.includes(one)) ?? "A";
  const written = step.versions.find((one) => one.version === version);
  const variants = emails.filter(
    (one) => one.step === step.step && one.version === version && one.email === email,
  );
  const letter = variants.find(({ variant = 1 }) => variant === chosenVariant) ?? variants[0];
  const found = findingsOf(known);
  const ofVersion = (letter: string) => found.filter((one) => isAt(one, step.step, letter));

  return (
    <section class="letter" aria-label={`Step ${step.step}`}>
      <Findings list={findingsAt(known, ["step"], step.step, version)} />
      <div class="bar">
        {versions.length > 1 && (
          <Tabs
            label="Versions"
            panel="letter"
            selected={version}
            onSelect={setVersion}
            tabs={versions.map((one) => {
              const [gravest] = tallyOf(ofVersion(one));
              const label = (
                <>
                  Version {one}
                  {gravest && <span class={`dot ${gravest.severity}`} title={gravest.said} />}
                  {gravest && <span class="hidden">, {gravest.said}</span>}
                </>
              );
              return { id: one, label };
            })}
          />
        )}
        {people.length > 0 && (
          <div class="choices">
            <label>
              As seen by{" "}
              <select value={email} onChange={({ currentTarget }) => setEmail(currentTarget.value)}>
                {people.map((person) => (
                  <option value={person}>{person}</option>
                ))}
                {written?.message !== undefined && <option value={TEMPLATE}>nobody: as it is written</option>}
              </select>
            </label>
            {variants.length > 1 && (
              <label>
                Wording{" "}
                <select
                  value={String(letter?.variant ?? 1)}
                  onChange={({ currentTarget }) => setVariant(Number(currentTarget.value))}
                >
                  {variants.map(({ variant = 1 }) => (
                    <option value={String(variant)}>
                      {variant} of {variants.length}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {onAsk && (
              <button type="button" class="link" disabled={isAsking} onClick={() => onAsk({ others: true })}>
                {isAsking ? "Loading…" : "Other people"}
              </button>
            )}
          </div>
        )}
      </div>
      <div id="letter" class="sheet" role="tabpanel" aria-label={`Step ${step.step}, version ${version}`}>
        {step.type === "EMAIL" ? (
          <p class="subject">
            <span class="quiet">Subject</span> {subjectOf(letter, written, step)}
            {letter?.thread && <span class="tag">in the thread</span>}
          </p>
        ) : (
          <p class="subject">
            <b>{whatOf(step)}</b>
            {step.linkedin?.account !== undefined && (
              <span class="quiet"> from LinkedIn account {step.linkedin.account}</span>
            )}
          </p>
        )}
        <Findings list={findingsAt(known, ["subject"], step.step, version)} />
        <Body letter={letter} template={written?.message} step={step} version={version} />
        {known.preview?.set_aside
          ?.filter((one) => one.email === email && one.step < step.step)
          .map((one) => (
            <p class="quiet">
              {one.email} is set aside at step {one.step} and gets nothing from there on:{" "}
              {one.missing.join(", ")} is missing.
            </p>
          ))}
        {letter?.holes.map((hole) => (
          <p class="finding warning">
            <strong>Missing</strong> <Said text={hole} />
          </p>
        ))}
        <Findings list={findingsAt(known, ["message", "version"], step.step, version)} />
        {!letter && email !== TEMPLATE && onAsk && email !== undefined && (
          <button type="button" disabled={isAsking} onClick={() => onAsk({ email })}>
            {isAsking ? "Loading…" : `Show it as ${email} would get it`}
          </button>
        )}
      </div>
    </section>
  );
}

function subjectOf(
  letter: Letter | undefined,
  written: { subject?: string } | undefined,
  { step }: SequenceStep,
) {
  const subject = letter ? letter.subject : written?.subject;
  if (subject) return <b>{subject}</b>;
  return <em>{step > 1 && !letter ? "stays in the thread of the e-mail before" : "none"}</em>;
}

interface BodyProps {
  letter: Letter | undefined;
  template: string | undefined;
  step: SequenceStep;
  version: string;
}

function Body({ letter, template, step, version }: BodyProps) {
  const [asText, setAsText] = useState(false);
  const html = letter?.html ?? template;
  const page = useMemo(() => (html === undefined ? undefined : letterPage(harmless(html))), [html]);
  // A host may forbid every frame; then the text is all there is, and enough.
  useEffect(() => {
    const onViolation = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective === "frame-src") setAsText(true);
    };
    document.addEventListener("securitypolicyviolation", onViolation);
    return () => document.removeEventListener("securitypolicyviolation", onViolation);
  }, []);

  if (step.linkedin?.action === "VISIT_PROFILE" && !html) {
    return <p class="quiet">A visit of the profile; nothing is written.</p>;
  }
  if (html === undefined || page === undefined) {
    return (
      <p class="quiet">
        This text did not fit into the result. The assistant can read it out: step {step.step}, version{" "}
        {version}.
      </p>
    );
  }
  const text = letter?.text ?? textOfHtml(html);
  if (step.type !== "EMAIL" || asText) {
    return (
      <>
        <pre class="plain">{text}</pre>
        {step.type === "EMAIL" && (
          <Toggle label="Show the e-mail as it looks" onClick={() => setAsText(false)} />
        )}
      </>
    );
  }
  return (
    <>
      <Frame
        page={page}
        text={text}
        title={`E-mail of step ${step.step}, version ${version}${letter ? `, to ${letter.email}` : ", as it is written"}`}
      />
      {letter?.cut && <p class="quiet">The e-mail is longer; the rest is not shown.</p>}
      <Toggle label="Show it as plain text" onClick={() => setAsText(true)} />
    </>
  );
}

const Toggle = ({ label, onClick }: { label: string; onClick(): void }) => (
  <button type="button" class="link" onClick={onClick}>
    {label}
  </button>
);

/** A sandboxed page tells nobody its height: it is taken from the length of its text. */
function Frame({ page, text, title }: { page: string; text: string; title: string }) {
  const { ref, width } = useWidth<HTMLIFrameElement>(600);
  const perLine = Math.max(20, (width - 32) / 7);
  const lines = text
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
  const paragraphs = page.split(/<p\b/).length - 1;
  const height = Math.min(460, Math.max(110, lines * 22 + paragraphs * 14 + 40));
  return <iframe ref={ref} sandbox="" srcdoc={page} title={title} style={{ height: `${height}px` }} />;
}
