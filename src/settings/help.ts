/** --help, from the options and the commands. */
import { type CommandForm, commands, usageOf } from "./commands.ts";
import { type Option, options } from "./options.ts";

export function helpText(): string {
  const entries = Object.values(options as Record<string, Option>);
  const rows = entries.map((option) => {
    const short = option.short ? `-${option.short}, ` : "";
    const flag = option.flag ? `${short}--${option.flag}${option.value ? ` <${option.value}>` : ""}` : "";
    const more = [
      option.fallback && `default ${option.fallback}`,
      option.env && flag && `or ${option.env}`,
    ].filter(Boolean);
    return [
      flag || (option.env as string),
      `${option.about}${more.length > 0 ? ` (${more.join(", ")})` : ""}`,
    ] as const;
  });
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "woodpecker-campaigns-mcp: Woodpecker.co campaigns for AI assistants, over MCP",
    "",
    "woodpecker-campaigns-mcp [options]            MCP on stdio",
    "woodpecker-campaigns-mcp --http [options]     MCP over Streamable HTTP",
    ...Object.entries<CommandForm>(commands).map(
      ([name, form]) => `woodpecker-campaigns-mcp ${usageOf(name, form).padEnd(22)} ${form.about}`,
    ),
    "",
    ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`),
  ].join("\n");
}
