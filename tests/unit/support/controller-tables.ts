import { Exposure, TargetType, TrafficPolicy } from "../../../components/index.ts";
import type { LoadBalancerDialect } from "../../../components/load-balancer/contract/dialect.ts";
import {
  type OptionName,
  optionNames,
} from "../../../components/load-balancer/contract/option-names.ts";
import type { Change, Changes } from "../load-balancer/tables/changes.ts";

const BEGIN = "<!-- from the code -->\n";
const END = "<!-- until here -->\n";

/** A page with what stands between its marks replaced by the tables. */
export function withTables(
  page: string,
  dialects: readonly LoadBalancerDialect[],
  changes: Readonly<Record<string, Changes>>,
): string {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) {
    throw new Error(`There is no place for the tables: ${BEGIN.trim()} and ${END.trim()}`);
  }
  const start = page.slice(0, before + BEGIN.length);
  return `${start}\n${controllerTable(dialects)}\n${optionTable(dialects, changes)}\n${page.slice(after)}`;
}

/** Where each controller's contract is, and what is the same for all its load balancers. */
function controllerTable(dialects: readonly LoadBalancerDialect[]): string {
  const rows = dialects.map((dialect) => {
    const { addressKind, documentation, maximumPorts, name } = dialect;
    const ports = maximumPorts === 65535 ? "any number" : `at most ${maximumPorts}`;
    const { by } = dialect.sourceRanges;
    const contract = `[\`${name}\`](${documentation})`;
    return [contract, `\`${addressKind}\``, ports, by, nodePorts(dialect)];
  });
  const heads = ["controller, and its contract", "address", "ports"];
  return table([...heads, "source ranges are enforced by", "ports of nodes are opened"], rows);
}

/** When traffic comes through ports of nodes. */
function nodePorts({ needsNodePorts }: LoadBalancerDialect): string {
  const least = { exposure: Exposure.Internal, annotationKeys: [], ports: [] };
  if (!needsNodePorts({ ...least, targetType: TargetType.Ip })) {
    const local = needsNodePorts({ ...least, externalTrafficPolicy: TrafficPolicy.Local });
    const instance = needsNodePorts({ ...least, targetType: TargetType.Instance });
    const when = instance ? "with `targetType` `Instance`" : "no";
    return local && !instance ? "with `externalTrafficPolicy` `Local`" : when;
  }
  return "yes";
}

/** What each controller can be told. */
function optionTable(
  dialects: readonly LoadBalancerDialect[],
  changes: Readonly<Record<string, Changes>>,
): string {
  const names = dialects.map(({ name }) => `\`${name}\``);
  const rows = optionNames.map((option) => [
    `\`${option}\``,
    ...dialects.map((dialect) => cell(dialect, option, changes[dialect.name]?.[option])),
  ]);
  return table(["argument", ...names], rows);
}

function cell({ supports }: LoadBalancerDialect, option: OptionName, change?: Change): string {
  const support = supports[option];
  if (support === undefined || change === undefined) {
    return "–";
  }
  const { most } = support;
  return most === undefined ? said(change) : `${said(change)}, at most ${most}`;
}

/** What comes of its changes. */
function said({ added, changed, removed }: Change): string {
  if (changed === "replaced") {
    return "makes another";
  }
  if (added === "replaced") {
    return "yes, first and last make another";
  }
  return removed === "refused" ? "yes, stays" : "yes";
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("");
}
