/** Who is compared: ours in both eras, three floors, and the rivals. */
import { bareServer } from "./bare.mjs";
import { fetchRivals } from "./rivals.mjs";

export const ours = { name: "ours", argv: ["dist/main.cjs", "--sandbox"] };
const oursModern = { ...ours, name: "ours, 2026 era", era: "2026", sameList: true };
export const bare = { name: "bare Node script", argv: ["-e", bareServer] };
export const oneTool = { name: "one tool, bare SDK", argv: ["bench/one-tool.mjs"] };
const oneToolNext = { name: "one tool, SDK 2.x", argv: ["bench/one-tool-2.mjs"] };
const oneToolModern = { ...oneToolNext, name: "one tool, SDK 2.x, 2026 era", era: "2026", sameList: true };

export const allColumns = () => [
  bare,
  oneTool,
  oneToolNext,
  oneToolModern,
  ours,
  oursModern,
  ...fetchRivals(),
];
