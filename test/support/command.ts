/** A command of the program in this process: what src/main.ts does with it, without what it takes to start a process. */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { examine } from "../../src/cli/doctor/index.ts";
import { run } from "../../src/cli/files/index.ts";
import { startFailure } from "../../src/cli/start-failure.ts";
import { readSettings } from "../../src/settings/index.ts";
import { bare, type runToEnd } from "./program.ts";

/** As runToEnd, of `doctor`, `list`, `export`, `apply` and `import`. */
export const runHere: typeof runToEnd = async (args, env = {}) => {
  const stdout: string[] = [];
  const print = (text: string) => void stdout.push(`${text}\n`);
  const stderr = catchStderr();
  const ours = process.env;
  try {
    process.env = bare(env);
    const settings = readSettings(args, process.env);
    const code = await (settings.command === "doctor" ? examine : run)(settings, print);
    return { code, stdout: stdout.join(""), stderr: stderr.end() };
  } catch (error) {
    const { line, code } = startFailure(error);
    return { code, stdout: stdout.join(""), stderr: `${stderr.end()}woodpecker-campaigns-mcp: ${line}\n` };
  } finally {
    process.env = ours;
    stderr.end();
  }
};

/** What is said on stderr, as src/log.ts does it: past the stream of Node. */
function catchStderr() {
  const { writeSync } = fs;
  let text = "";
  const put = (write: typeof writeSync) => {
    fs.writeSync = write;
    syncBuiltinESMExports();
  };
  put(((fd: number, data: string, ...rest: never[]) => {
    if (fd !== 2) return writeSync(fd, data, ...rest);
    text += data;
    return data.length;
  }) as typeof writeSync);
  return {
    end() {
      put(writeSync);
      return text;
    },
  };
}
