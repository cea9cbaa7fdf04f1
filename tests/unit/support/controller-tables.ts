import type { LoadBalancerDialect } from "../../../components/load-balancer/dialect.ts";
import { type OptionName, optionNames } from "../../../components/load-balancer/option-names.ts";

const BEGIN = "<!-- from the code -->\n";
const END = "<!-- until here -->\n";

/** A page with what stands between its marks replaced by the tables. */
export function withTables(page: string, dialects: readonly LoadBalancerDialect[]): string {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) {
    throw new Error(`There is no place for the tables: ${BEGIN.trim()} and ${END.trim()}`);
  }
  const start = page.slice(0, before + BEGIN.length);
  return `${start}\n${controllerTable(dialects)}\n${optionTable(dialects)}\n${page.slice(after)}`;
}

/** Where each controller's contract is, and what is the same for all its load balancers. */
function controllerTable(dialects: readonly LoadBalancerDialect[]): string {
  const rows = dialects.map(({ addressKind, documentation, maximumPorts, name }) => {
    const ports = maximumPorts === 65535 ? "any number" : `at most ${maximumPorts}`;
    return [`[\`${name}\`](${documentation})`, `\`${addressKind}\``, ports];
  });
  return table(["controller, and its contract", "address", "ports"], rows);
}

/** What each controller can be told. */
function optionTable(dialects: readonly LoadBalancerDialect[]): string {
  const names = dialects.map(({ name }) => `\`${name}\``);
  const rows = optionNames.map((option) => [
    `\`${option}\``,
    ...dialects.map((dialect) => cell(dialect, option)),
  ]);
  return table(["", ...names], rows);
}

function cell({ honours, replacedBy }: LoadBalancerDialect, option: OptionName): string {
  const honoured = honours[option];
  if (honoured === undefined) {
    return "–";
  }
  const { most, writes } = honoured;
  const change = writes.some((key) => replacedBy.includes(key)) ? "makes another" : "yes";
  return most === undefined ? change : `${change}, at most ${most}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("");
}
