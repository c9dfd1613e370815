/** Many campaigns as files: `list`, `export --all --dir`, `apply` of several, as people type them. */
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { inCommands } from "../../../src/cli/words.ts";
import { operations } from "../../../src/operations/index.ts";
import type { Sandbox } from "../../../src/sandbox/index.ts";
import { causes, codes, httpStatuses } from "../../../src/woodpecker/meanings.ts";
import { runHere } from "../../support/command.ts";
import { newFolder } from "../../support/folder.ts";
import { runToEnd } from "../../support/program.ts";
import { openSandbox } from "../../support/sandbox.ts";

const at = ({ origin, key }: Sandbox) => ({ WOODPECKER_API_URL: origin, WOODPECKER_API_KEY: key });

async function open() {
  const sandbox = await openSandbox();
  const folder = join(newFolder(), "campaigns");
  const cli = (...args: string[]) => runHere(args, at(sandbox));
  const files = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const edit = (id: number, from: string | RegExp, to: string) => {
    const name = readdirSync(folder).find((one) => one.startsWith(String(id))) as string;
    const path = join(folder, name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(from, to));
    return path;
  };
  return { sandbox, folder, cli, files, edit };
}

describe("list", () => {
  it("shows every campaign in a line", async () => {
    const { cli } = await open();
    const { code, stdout, stderr } = await cli("list");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(6);
    expect(stdout).toMatch(/^2104 +DRAFT +25 a day +nora@northwind\.example +"Retail planners, spring"$/m);
  });

  it("says in which way a key is missing", async () => {
    expect(await runToEnd(["list"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("WOODPECKER_API_KEY"),
    });
  });
});

describe("export of all campaigns", () => {
  it("is one file each, a skipped one is said, and a second run writes nothing", async () => {
    const { cli, folder, files, sandbox } = await open();
    const first = await cli("export", "--all", "--dir", folder);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("5 written, 1 skipped.");
    expect(first.stderr).toMatch(
      /^Campaign 2103 "Trade fair visitors" is skipped\. .*API_UNSUPPORTED_CAMPAIGN_FEATURES/m,
    );
    expect(Object.keys(files()).sort()).toEqual([
      "2101-warehouse-leads-dach.yaml",
      "2102-contractor-payroll-nordics.yaml",
      "2104-retail-planners-spring.yaml",
      "2105-agencies-second-wave.yaml",
      "2106-beta-users-thank-you-round.yaml",
      "campaign.schema.json",
    ]);
    const [before, times] = [files(), timesOf(folder)];
    const second = await cli("export", "--all", "--dir", folder);
    expect(second.stdout).toBe(`${folder}: 5 up to date, 1 skipped.\n`);
    expect([files(), timesOf(folder)]).toEqual([before, times]);
    expect(sandbox.writes()).toEqual([]);
  });

  it("finds files by their id, whatever they and the campaigns are called now", async () => {
    const { cli, folder, files, edit } = await open();
    await cli("export", "--all", "--dir", folder);
    const mine = join(folder, "planners.yml");
    renameSync(join(folder, "2104-retail-planners-spring.yaml"), mine);
    writeFileSync(mine, readFileSync(mine, "utf8").replace("id: 2104", "# ours\nid: 2104"));
    const renamed = edit(2105, "name: Agencies, second wave", "name: Agencies, third wave");
    await cli("apply", renamed);
    const before = files();
    const { stdout } = await cli("export", "--all", "--dir", folder);
    expect(stdout).toContain("5 up to date");
    expect(files()).toEqual(before);
  });

  it("gives two campaigns of one name, and names of other scripts, files of their own", async () => {
    const { cli, folder, files, sandbox } = await open();
    for (const name of ["Łódź: Bäcker & Söhne / Q3", "パン屋", "パン屋"])
      await fetch(`${sandbox.origin}/rest/v2/campaigns`, {
        method: "POST",
        headers: { "x-api-key": sandbox.key, "content-type": "application/json" },
        body: JSON.stringify({ ...draft, name }),
      });
    await cli("export", "--all", "--dir", folder);
    const names = Object.keys(files()).filter((name) => name.startsWith("22"));
    expect(names).toEqual(
      ["2201-lodz-backer-sohne-q3.yaml", "2202.yaml", "2203.yaml"].map((name) =>
        expect.stringMatching(new RegExp(`^${name.slice(0, 4)}.*yaml$`)),
      ),
    );
    expect(new Set(names).size).toBe(3);
  });

  it("carries on past a file that it may not overwrite, and says what is left of campaigns that are gone", async () => {
    const { cli, folder, edit, files } = await open();
    await cli("export", "--all", "--dir", folder);
    writeFileSync(join(folder, "copy.yaml"), files()["2104-retail-planners-spring.yaml"] as string);
    writeFileSync(join(folder, "old.yaml"), "id: 77\nname: Gone\n");
    const broken = edit(2105, "id: 2105", "id: 2105\nnonsense: 1");
    const { code, stdout, stderr } = await cli("export", "--all", "--dir", folder);
    expect(code).toBe(1);
    expect(stdout).toContain("3 up to date, 1 skipped, 2 failed.");
    expect(stderr).toContain("are files of the same campaign, 2104; remove all but one.");
    expect(stderr).toContain(`${broken}:`);
    expect(stderr).toContain("campaign 77 is not in this account; left as it is.");
  });

  it("takes ids as well, and one that cannot be shown is a failure there", async () => {
    const { cli, folder } = await open();
    expect((await cli("export", "2104", "2105", "--dir", folder)).code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith(".yaml"))).toHaveLength(2);
    expect((await cli("export", "2104", "2103", "--dir", folder)).code).toBe(1);
  });

  it.each(["file", "/proc/woodpecker/campaigns"])(
    "into %s, where no folder can be, is refused",
    async (place) => {
      const { cli, folder } = await open();
      const path = place === "file" ? `${folder}.txt` : place;
      if (place === "file") writeFileSync(path, "");
      const { code, stderr } = await cli("export", "--all", "--dir", path);
      expect([code, stderr]).toEqual([2, expect.stringContaining(path)]);
    },
  );
});

describe("the schema that a file names", () => {
  const addressIn = (text: string) => /\$schema=(\S+)/.exec(text)?.[1] as string;

  it("lies beside the files of a folder", async () => {
    const { cli, folder, files } = await open();
    await cli("export", "2104", "--dir", folder);
    const text = files()["2104-retail-planners-spring.yaml"] as string;
    expect(addressIn(text)).toBe("./campaign.schema.json");
    expect(files()["campaign.schema.json"]).toBe(readFileSync("docs/campaign.schema.json", "utf8"));
  });

  it("is the one of this program for a file by itself", async () => {
    const { cli } = await open();
    const address = addressIn((await cli("export", "2104")).stdout);
    expect([resolve(address), existsSync(address)]).toEqual([address, true]);
  });
});

describe("apply of several files", () => {
  it("shows all plans, then does what can be done, and says what was not", async () => {
    const { cli, folder, edit, sandbox } = await open();
    await cli("export", "--all", "--dir", folder);
    edit(2104, "daily_enroll: 25", "daily_enroll: 26");
    edit(2105, "daily_enroll: 12", "daily_enroll: 13");
    const running = edit(2101, "quarter", "summer");
    const bad = join(folder, "bad.yaml");
    writeFileSync(bad, "id: [1\n");
    const paths = readdirSync(folder).flatMap((name) => (name.endsWith("yaml") ? [join(folder, name)] : []));

    const dry = await cli("apply", ...paths, "--dry-run");
    expect([dry.code, sandbox.writes()]).toEqual([1, []]);
    expect(dry.stdout).toContain("Dry run: nothing was changed.\n6 files: 5 could be applied, 1 not.");

    const { code, stdout, stderr } = await cli("apply", ...paths);
    expect(code).toBe(1);
    expect(stdout.indexOf("settings.daily_enroll\n  - 12")).toBeLessThan(stdout.indexOf("done: "));
    expect(sandbox.writes().map(({ path }) => path)).toEqual([
      "/rest/v2/campaigns/2104",
      "/rest/v2/campaigns/2105",
    ]);
    expect(stdout).toContain("6 files: 4 as their files say, 2 not.");
    expect(stderr).toContain(`NOT done, or not all of it: ${running}`);
    expect(stderr).toContain(`NOT done, or not all of it: ${bad}`);
  });

  it("ends with 0 where all is as the files say, and with 2 where no file could be used", async () => {
    const { cli, folder } = await open();
    await cli("export", "2104", "2105", "--dir", folder);
    const paths = readdirSync(folder).flatMap((name) => (name.endsWith("yaml") ? [join(folder, name)] : []));
    expect((await cli("apply", ...paths)).code).toBe(0);
    for (const path of paths) writeFileSync(path, "id: [1\n");
    expect((await cli("apply", ...paths)).code).toBe(2);
  });

  it("does neither of two files of one campaign, and one file that is named twice once", async () => {
    const { cli, folder, edit, sandbox } = await open();
    await cli("export", "2104", "2105", "--dir", folder);
    const one = edit(2104, "daily_enroll: 25", "daily_enroll: 26");
    const other = join(folder, "copy.yaml");
    writeFileSync(other, readFileSync(one, "utf8").replace("daily_enroll: 26", "daily_enroll: 27"));
    const { code, stderr } = await cli("apply", one, other);
    expect([code, stderr]).toEqual([2, expect.stringContaining("are both of one campaign")]);
    expect(sandbox.writes()).toEqual([]);
    expect((await cli("apply", one, one)).code).toBe(0);
    expect(sandbox.writes()).toHaveLength(1);
  });

  it("asks for each what it asks today: a deleted step keeps the others from nothing", async () => {
    const { cli, folder, edit, sandbox } = await open();
    await cli("export", "2104", "2105", "--dir", folder);
    const shorter = edit(2104, /\n {2}- type: EMAIL\n {4}wait[\s\S]*$/, "\n");
    const other = edit(2105, "daily_enroll: 12", "daily_enroll: 13");
    const { code, stderr } = await cli("apply", shorter, other);
    expect([code, stderr]).toEqual([1, expect.stringContaining("agree beforehand with --yes")]);
    expect(sandbox.writes().map(({ path }) => path)).toEqual(["/rest/v2/campaigns/2105"]);
  });

  it("says what it read otherwise than written, with its place", async () => {
    const { cli, folder, edit } = await open();
    await cli("export", "2104", "--dir", folder);
    const path = edit(2104, "MONDAY", "mon");
    const { code, stdout, stderr } = await cli("apply", path);
    expect([code, stdout]).toEqual([0, expect.stringContaining("nothing to change")]);
    expect(stderr).toMatch(
      /^note: .*2104-\S+\.yaml:\d+:\d+ delivery_times\[0\]\.days: mon, .* is read as MONDAY/m,
    );
  });
});

describe("words on the command line", () => {
  const tools = new RegExp(`\\b(?:${operations.map(({ name }) => name).join("|")})\\b`);

  it("name no tool, whatever a failure or an operation says", () => {
    const said = [
      ...[codes, httpStatuses, causes]
        .flatMap((table) => Object.values(table))
        .flatMap(({ what, next }) => [what, next]),
      ...operations.map(({ look }) => look),
    ].filter((text) => typeof text === "string");
    expect(said.length).toBeGreaterThan(30);
    for (const text of said) expect(inCommands(text)).not.toMatch(tools);
  });

  it.each([
    ["find the id with list_campaigns", 'find the id with "woodpecker-campaigns-mcp list"'],
    ["it is safe to call update_campaign again", "apply the file again"],
    [
      "sends nothing until run_campaign 2104",
      "sends nothing until a run (in the Woodpecker app, or by an assistant)",
    ],
  ])("%s", (text, instead) => expect(inCommands(text)).toBe(instead));
});

const timesOf = (folder: string) => readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);

const draft = {
  email_account_ids: [501],
  settings: { timezone: "Europe/Berlin", daily_enroll: 5 },
  steps: {
    type: "START",
    followup: {
      type: "EMAIL",
      delivery_time: { MONDAY: [{ from: "08:00", to: "17:00" }] },
      body: {
        versions: [{ subject: "Hello", message: "<p>Hi</p>", signature: "SENDER", track_opens: false }],
      },
    },
  },
};
