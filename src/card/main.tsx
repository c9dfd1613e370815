/** The page itself: connects to the host and draws the card from what the host sends. */
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Card } from "./card.tsx";
import { campaignOfDraft, learn } from "./data.ts";
import { connect, type HostContext } from "./host.ts";
import type { Known, Loose } from "./types.ts";

function App() {
  const [args, setArgs] = useState<Loose>({});
  const [known, setKnown] = useState<Known>();
  const [canCallTools, setCanCallTools] = useState(false);
  const host = useMemo(
    () =>
      connect({
        onReady: setCanCallTools,
        onContext: applyLooks,
        onInput: (input) => {
          setArgs(input);
          const campaign = campaignOfDraft(input.draft);
          if (campaign) setKnown((before) => ({ ...before, campaign }));
        },
        onResult: (result) => setKnown((before) => learn(before ?? {}, result)),
        onCancelled: () => setKnown((before) => ({ ...before, failure: "The call was cancelled." })),
      }),
    [],
  );
  useEffect(() => {
    const page = document.documentElement;
    const observer = new ResizeObserver(() =>
      host.sizeChanged(Math.ceil(document.body.getBoundingClientRect().height)),
    );
    observer.observe(page);
    return () => observer.disconnect();
  }, [host]);
  const isEmpty = !known || Object.keys(known).every((key) => key === "campaign");
  if (isEmpty) return <p class="quiet">Waiting for the result…</p>;
  const onLearnt = (change: (known: Known) => Known) => setKnown((before) => change(before ?? {}));
  return <Card args={args} known={known} host={host} canCallTools={canCallTools} onLearnt={onLearnt} />;
}

/** The host's theme and colours where it gives them; else those of the system. */
function applyLooks({ theme, styles }: HostContext): void {
  const page = document.documentElement;
  if (theme) page.dataset.theme = theme;
  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (value !== undefined) page.style.setProperty(name, value);
  }
}

const place = document.getElementById("card");
if (place) render(<App />, place);
