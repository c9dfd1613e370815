/** The heaviest things that need no answer of Woodpecker, through the front door: a large check and a large forecast. */
import { largest, threeSteps } from "./drafts.mjs";
import { median, spread } from "./figures.mjs";
import { open } from "./peer.mjs";
import { startUpstream } from "./upstream.mjs";

export async function measureLocal(rounds) {
  const upstream = await startUpstream();
  const peer = await open(["dist/main.cjs"], { env: upstream.env });
  const tasks = {
    small: ["check_campaign", { draft: threeSteps("Small") }],
    check: ["check_campaign", { draft: largest }],
    preview: [
      "preview_campaign",
      { draft: { ...largest, steps: largest.steps.slice(0, 3) }, people: 10_000, sample: 3 },
    ],
  };
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  try {
    for (let round = -1; round < rounds; round += 1) {
      for (const [name, [tool, args]] of Object.entries(tasks)) {
        const started = performance.now();
        const result = await peer.call(tool, args);
        if (result.isError) throw new Error(result.content[0].text);
        if (round >= 0) times[name].push(performance.now() - started);
      }
    }
  } finally {
    await peer.close();
    upstream.close();
  }
  const said = (name) => {
    const ratios = times[name].map((time, index) => time / times.small[index]);
    return `${median(times[name]).toFixed(1)} ms, ${median(ratios).toFixed(1)} x (${spread(ratios, 1)})`;
  };
  return { small: `${median(times.small).toFixed(1)} ms`, check: said("check"), preview: said("preview") };
}
