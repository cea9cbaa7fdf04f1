import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { LoadBalancerController } from "../../../components/index.ts";
import { optionNames } from "../../../components/load-balancer/contract/option-names.ts";
import { loadBalancerService } from "../../../components/load-balancer/manifest.ts";
import {
  type LoadBalancerSpec,
  normalizeLoadBalancer,
} from "../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../components/load-balancer/registry.ts";
import { patchService } from "../../../components/service/patch-service.ts";
import { Checks } from "../../../components/validation/checks.ts";
import { InvalidArgsError } from "../../../components/validation/errors.ts";
import { untilFirstRejection } from "../../../testing/until-first-rejection.ts";
import { later } from "../support/run-program.ts";
import {
  type Families,
  families,
  type Ranges,
  type RangeTable,
  ranges,
} from "./tables/source-ranges.ts";
import { clusters, intruders, type Opened } from "./tables/strangers.ts";
import { type Asked, everyCell } from "./tables/table.ts";
import { rangeTables, tables } from "./tables/tables.ts";

const exposures = ["Public", "Internal"] as const;
const everybody: readonly Ranges[] = ["all4", "all6", "all"];
const names = <Key extends string>(of: Readonly<Record<Key, unknown>>) => Object.keys(of) as Key[];

/** Hundreds of cells a test, each read four times. */
const MILLISECONDS = 300_000;

const rangeTableOf = (controller: string): RangeTable =>
  rangeTables.find((it) => it.controller === controller) as RangeTable;

const subject = { type: "LoadBalancerService", name: "front" };

/** Every problem of what is asked, or what is made of it, when everything late has arrived. */
async function made(table: RangeTable, asked: Asked): Promise<LoadBalancerSpec | string[]> {
  const cluster = { controller: table.controller, allowPublic: true };
  const checks = new Checks(subject);
  const read = async () => {
    const args = { cluster, ...everyCell, ...table.asked, ...asked };
    const present = Object.entries(args).filter(([, value]) => value !== undefined);
    const spec = normalizeLoadBalancer(checks, "front", Object.fromEntries(present) as never);
    checks.done();
    const late = pulumi.output(spec.sourceRanges) as unknown as { promise(): Promise<string[]> };
    return { ...spec, sourceRanges: await late.promise() };
  };
  try {
    return await untilFirstRejection(read);
  } catch (error) {
    if (error instanceof InvalidArgsError) {
      return error.problems.map(({ message, path }) => `${path} ${message}`);
    }
    throw error;
  }
}

const isTaken = async (table: RangeTable, asked: Asked) => !Array.isArray(await made(table, asked));

/** The same ranges, that arrive later: as a list, one by one, the last alone. */
const lateForms = (list: readonly string[]) => [
  later([...list]),
  list.map((range) => later(range)),
  [...list.slice(0, -1), later(String(list.at(-1)))],
];

/** The ranges of an office, of the families that are asked. */
function officeOf(table: RangeTable, { exposure, ipFamilies, ipFamilyPolicy }: Asked) {
  const family = (Array.isArray(ipFamilies) ? ipFamilies[0] : "nothing") as Families;
  const by = { PreferDualStack: "preferred", RequireDualStack: "required" } as const;
  const said = by[ipFamilyPolicy as keyof typeof by] ?? family;
  const [office] = table.taken[exposure === "Internal" ? "Internal" : "Public"][said];
  return ranges[office ?? (table.by === "nothing" ? "all4" : "office4")];
}

function openedBy({ annotations, isInternal, sourceRanges, traffic }: LoadBalancerSpec): Opened {
  const { allocateLoadBalancerNodePorts = true, ipFamilies, ipFamilyPolicy } = traffic;
  return {
    annotations,
    isPublic: !isInternal,
    ranges: sourceRanges as readonly string[],
    ...(ipFamilies === undefined ? {} : { ipFamilies }),
    ...(ipFamilyPolicy === undefined ? {} : { ipFamilyPolicy }),
    allocatesNodePorts: allocateLoadBalancerNodePorts,
  };
}

/** What was made of it before families were judged together, and where nothing was said of what weakens. */
function before(
  { controller }: RangeTable,
  exposure: string,
  said: Families,
  list: readonly string[],
): Opened | undefined {
  const { ipFamilies, ipFamilyPolicy } = families[said] as Pick<
    Opened,
    "ipFamilies" | "ipFamilyPolicy"
  >;
  const two = ipFamilyPolicy !== undefined && ipFamilyPolicy !== "SingleStack";
  const six = list.some((range) => range.includes(":"));
  const aws = controller.startsWith("Aws") || controller === "EksAutoMode";
  const stack = two && controller.startsWith("AwsCloud");
  return stack ||
    (aws && six && !two) ||
    (controller === "HetznerCloud" && !list.includes("0.0.0.0/0"))
    ? undefined
    : {
        annotations: {
          "x-ip-address-type": two ? "dualstack" : "ipv4",
          "x-network-stack": two ? "DUALSTACK" : "IPV4",
        },
        isPublic: exposure === "Public",
        ranges: list,
        ...(ipFamilies === undefined ? {} : { ipFamilies }),
        ...(ipFamilyPolicy === undefined ? {} : { ipFamilyPolicy }),
        allocatesNodePorts: true,
      };
}

const everyCellOf = (table: RangeTable) =>
  exposures.flatMap((exposure) =>
    names(families).flatMap((said) =>
      names(ranges).map((which) => ({
        exposure,
        said,
        which,
        asked: { exposure, ...families[said] } as Asked,
        isTaken: table.taken[exposure][said].includes(which),
      })),
    ),
  );

describe.each(rangeTables)("source ranges of $controller", { timeout: MILLISECONDS }, (table) => {
  const dialect = dialectOf(table.controller as LoadBalancerController);
  const whole = tables.find(({ controller }) => controller === table.controller);

  test("source ranges: are enforced by what is in the table", () => {
    expect(dialect.sourceRanges.by).toBe(table.by);
  });

  test("source ranges: are taken or refused as in the table, also where they arrive later", async () => {
    for (const { asked, isTaken: expected, said, which } of everyCellOf(table)) {
      const forms = [ranges[which], ...lateForms(ranges[which])];
      for (const [index, sourceRanges] of forms.entries()) {
        const taken = await isTaken(table, { ...asked, sourceRanges });
        expect(taken, `${asked.exposure} ${said} ${which}, form ${index}`).toBe(expected);
      }
    }
  });

  test("source ranges: keep every stranger out in every cluster where they are taken", async () => {
    for (const { asked, isTaken: taken, said, which } of everyCellOf(table)) {
      if (!taken || everybody.includes(which)) continue;
      const spec = await made(table, { ...asked, sourceRanges: ranges[which] });
      for (const cluster of clusters) {
        const inside = intruders(table, openedBy(spec as LoadBalancerSpec), cluster);
        expect(inside, `${asked.exposure} ${said} ${which} in ${cluster}`).toEqual([]);
      }
    }
  });

  test.each(table.weakened)(
    "source ranges: are refused with $asked, also where they arrive later, unless they are everybody",
    async ({ asked }) => {
      const office = ranges.office4;
      for (const sourceRanges of [office, ...lateForms(office)]) {
        expect(await isTaken(table, { ...asked, sourceRanges })).toBe(false);
      }
      const open = await isTaken(table, { ...asked, sourceRanges: ranges.all4 });
      expect(open).toBe(!Object.hasOwn(asked, "securityGroups"));
    },
  );

  test("source ranges: are as they are whatever else is asked that the controller can do", async () => {
    const weakening = new Set(table.weakened.flatMap(({ asked }) => Object.keys(asked)));
    const tried = new Set<string>();
    for (const { asked, cell, refused } of whole?.cells ?? []) {
      if (refused !== undefined) continue;
      const sourceRanges = officeOf(table, asked);
      const spec = await made(table, { ...asked, sourceRanges });
      if (Array.isArray(spec)) {
        const weak = table.weakened.some(({ asked: it }) =>
          Object.entries(it).every(([key, value]) =>
            key === "securityGroups" ? key in asked : asked[key as keyof Asked] === value,
          ),
        );
        expect(weak, `${cell}, ${inspect(asked)}: ${spec}`).toBe(true);
        continue;
      }
      for (const option of [cell, ...Object.keys(asked)]) tried.add(option);
      for (const cluster of clusters) {
        const inside = intruders(table, openedBy(spec), cluster);
        expect(inside, `${cell}, ${inspect(asked)} in ${cluster}`).toEqual(
          table.by === "nothing" ? expect.anything() : [],
        );
      }
    }
    // No option that it can be told is forgotten.
    const told = optionNames.filter((option) => dialect.supports[option] !== undefined);
    expect(told.filter((option) => !tried.has(option) && !weakening.has(option))).toEqual([]);
  });

  test.each(Object.entries(table.annotations))(
    "source ranges: are refused an annotation or a patch that says %s",
    async (key, value) => {
      const office = ranges[table.by === "nothing" ? "all4" : "office4"];
      for (const said of [value, later(value)]) {
        const asked = { sourceRanges: office, annotations: { [key]: said } };
        expect(await isTaken(table, asked)).toBe(false);
      }
      const spec = (await made(table, { sourceRanges: office })) as LoadBalancerSpec;
      expect(refusedPatch(spec, { metadata: { annotations: { [key]: value } } })).toContain(key);
    },
  );

  test.each([
    { allocateLoadBalancerNodePorts: true },
    { allocateLoadBalancerNodePorts: false },
    { externalIPs: ["203.0.113.9"] },
    { externalTrafficPolicy: "Local" },
    { ipFamilies: ["IPv6"] },
    { ipFamilyPolicy: "PreferDualStack" },
    { loadBalancerClass: "other/class" },
    { loadBalancerIP: "203.0.113.9" },
    { loadBalancerSourceRanges: ["0.0.0.0/0"] },
    { loadBalancerSourceRanges: null },
  ])("source ranges: are refused a patch of %j that goes round them", async (patch) => {
    const sourceRanges = table.by === "nothing" ? ranges.all : ranges.office4;
    const spec = (await made(table, { sourceRanges })) as LoadBalancerSpec;
    const same = spec.traffic.allocateLoadBalancerNodePorts === false;

    const refused = refusedPatch(spec, { spec: patch });

    const repeats =
      "allocateLoadBalancerNodePorts" in patch && same && !patch.allocateLoadBalancerNodePorts;
    expect(refused).toEqual(repeats ? "" : expect.stringContaining(Object.keys(patch)[0] ?? ""));
  });

  test("LoadBalancerService: opens ports of nodes where the controller needs them, and nowhere else", async () => {
    const { nodePorts } = table;
    const opens = async (asked: Asked) => {
      const sourceRanges = table.by === "nothing" ? ranges.all : ranges.all4;
      const spec = (await made(table, { ...asked, sourceRanges })) as LoadBalancerSpec;
      return spec.traffic.allocateLoadBalancerNodePorts !== false;
    };
    if (typeof nodePorts === "string") {
      expect(await opens({})).toBe(nodePorts === "always");
      expect(await opens({ externalTrafficPolicy: "Local" })).toBe(nodePorts === "always");
      return;
    }
    expect(await opens(nodePorts)).toBe(true);
    const other = "targetType" in nodePorts ? { targetType: "Ip" } : {};
    expect(await opens(other)).toBe(false);
  });
});

/** What is wrong with a patch; an empty text where nothing is. */
function refusedPatch(spec: LoadBalancerSpec, patch: object): string {
  const checks = new Checks(subject);
  const { sourceRanges, traffic } = spec;
  const service = loadBalancerService({ ...spec, sourceRanges: sourceRanges ?? [], traffic }, []);
  patchService(checks, service as never, { service: patch }, spec.exposureKeys);
  try {
    checks.done();
    return "";
  } catch (error) {
    return String(error);
  }
}

describe("the tables of source ranges", () => {
  test("tables: are of every controller there is", () => {
    const { None: _, ...controllers } = LoadBalancerController;

    expect(rangeTables.map(({ controller }) => controller)).toEqual(Object.values(controllers));
  });

  // The control: what was rendered before is seen to let strangers in.
  test.each([
    ["MetalLb", "Public", "required", "office4"],
    ["MetalLb", "Internal", "preferred", "office4"],
    ["MetalLb", "Public", "nothing", "office6"],
    ["MetalLb", "Public", "nothing", "office4"],
    ["GoogleCloud", "Internal", "required", "office4"],
    ["GoogleCloud", "Public", "IPv6", "office4"],
    ["K3sServiceLb", "Public", "IPv4", "office4"],
    ["Azure", "Internal", "IPv4", "office4"],
    ["Azure", "Public", "IPv4", "office4"],
    ["DigitalOcean", "Public", "nothing", "office"],
  ] as const)(
    "strangers: got in before on %s, %s with %s and %s",
    (controller, exposure, said, which) => {
      const table = rangeTableOf(controller);
      const opened = before(table, exposure, said, ranges[which]) as Opened;

      expect(clusters.flatMap((cluster) => intruders(table, opened, cluster))).not.toEqual([]);
    },
  );

  test("strangers: got in before through an AWS Network Load Balancer that hides the client", () => {
    const opened: Opened = {
      annotations: {
        "aws-load-balancer-target-group-attributes": "preserve_client_ip.enabled=false",
      },
      isPublic: true,
      ranges: ranges.office4,
      allocatesNodePorts: true,
    };

    expect(intruders(rangeTableOf("AwsCloudControllerNlb"), opened, ["IPv4"])).not.toEqual([]);
  });

  test("tables: count their cells", async ({ annotate }) => {
    const cells = rangeTables.flatMap((table) => everyCellOf(table));
    const taken = cells.filter((cell) => cell.isTaken).length;
    const accepted = rangeTables.flatMap((table) =>
      everyCellOf(table).filter(
        ({ exposure, isTaken: now, said, which }) =>
          !now && before(table, exposure, said, ranges[which]) !== undefined,
      ),
    );

    expect(cells).toHaveLength(rangeTables.length * 2 * 6 * 6);
    expect(accepted.length).toBeGreaterThan(0);
    await annotate(
      `Source ranges: ${cells.length} cells, ${taken} taken and ${cells.length - taken} refused, ${accepted.length} of which were taken before`,
      "figure",
    );
  });
});
