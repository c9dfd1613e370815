/** The processes that are measured: what each has taken so far, where the system says it; and their end. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds of processor, all threads: what a busy machine does not change. Linux only. */
export function processorOf(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const spent = (thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    return threads.reduce((sum, thread) => sum + spent(thread), 0) / 1e6;
  } catch {
    return undefined;
  }
}

/** MiB; not where there is no ps. */
export function memoryOf(pid) {
  try {
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
  } catch {
    return undefined;
  }
}

const running = new Set();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Whatever happens, none outlives the run. */
export function endWithUs(child) {
  running.add(child);
  child.once("exit", () => running.delete(child));
}
