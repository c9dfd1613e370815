/** Who is compared: ours, two floors, and the rivals. */
import { bareServer } from "./bare.mjs";
import { fetchRivals } from "./rivals.mjs";

export const ours = { name: "ours", argv: ["dist/main.cjs", "--sandbox"] };
export const bare = { name: "bare Node script", argv: ["-e", bareServer] };
export const oneTool = { name: "one tool, bare SDK", argv: ["bench/one-tool.mjs"] };

export const allColumns = () => [bare, oneTool, ours, ...fetchRivals()];
