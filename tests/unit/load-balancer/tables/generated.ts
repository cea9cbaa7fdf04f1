import { isDeepStrictEqual } from "node:util";
import {
  type OptionName,
  optionNames,
} from "../../../../components/load-balancer/contract/option-names.ts";
import { accepts, decided, unacceptable, unsupported, withoutCertificates } from "./refusals.ts";
import { besideSamples, samples } from "./samples.ts";
import {
  type Asked,
  type Cell,
  type ControllerTable,
  everybody,
  http,
  httpAndUdp,
  httpPorts,
  https,
  refuses,
  sctp,
  takes,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

const NO_CONTROLLER =
  'args.cluster.controller is "None", must be a controller that makes load balancers; install one and name it, or use a NodePortService';
const SEPARATED = 'must be a string without ",", which separates such values';

/** The names of the enums of which controllers accept different ones. */
const ENUMS = {
  backendProtocol: ["Tcp", "Tls", "Http", "Https"],
  targetType: ["Instance", "Ip"],
} as const;

/** What has to be asked beside a list of strings. */
const LISTS: { readonly [Name in OptionName]?: Asked } = {
  certificates: { ports: https },
  subnets: {},
  securityGroups: { sourceRanges: undefined },
};

/**
 * The cells that follow from what stands in the tables, and from the rules that hold for every controller. They are
 * derived from the tables alone, not from the code.
 */
export function generatedCells(
  table: ControllerTable,
  all: readonly ControllerTable[],
): readonly Cell[] {
  return [
    ...sampleCells(table, all),
    ...limitCells(table),
    ...enumCells(table, all),
    ...listCells(table),
    ...combinationCells(table),
    ...annotationCells(table),
    ...protocolCells(table),
    ...serviceCells(table),
    ...rangeCells(table),
  ];
}

/** The cells of a cluster without a controller: all is refused. */
export function cellsWithoutController(all: readonly ControllerTable[]): readonly Cell[] {
  const asked = [...sampled(all), ...besideSamples];
  return asked.map(({ cell, asked: it }) =>
    refuses(cell, it, NO_CONTROLLER, ...withoutCertificates(it)),
  );
}

/** The given cells, and those of the others that ask for something else. */
export function withOthers(cells: readonly Cell[], others: readonly Cell[]): readonly Cell[] {
  const merged = [...cells];
  for (const other of others) {
    if (!merged.some(({ asked }) => isDeepStrictEqual(asked, other.asked))) {
      merged.push(other);
    }
  }
  return merged;
}

/** How each option is asked of every controller: as in a controller's own table where there is no sample. */
function sampled(all: readonly ControllerTable[]): readonly Pick<Cell, "asked" | "cell">[] {
  return optionNames.flatMap((option) => {
    const [first] = all
      .flatMap(({ cells }) => cells)
      .filter(({ cell, refused }) => cell === option && refused === undefined);
    const ways = samples[option] ?? (first === undefined ? [] : [first.asked]);
    return ways.map((asked) => ({ cell: option, asked }));
  });
}

/** Each sample that asks for an option which is not supported, or for one of TLS where none ends. */
function sampleCells(table: ControllerTable, all: readonly ControllerTable[]): readonly Cell[] {
  return sampled(all).flatMap(({ cell, asked }) => {
    const option = cell as OptionName;
    const noTls = withoutCertificates(asked);
    const isRefused = table.keys[option] === undefined || noTls.length > 0;
    const [first, ...others] = [...unsupported(table, all, asked), ...noTls];
    return first === undefined || !isRefused || !accepts(table, option, asked[option])
      ? []
      : [refuses(cell, asked, first, ...others)];
  });
}

/** The numbers below and above what is accepted. */
function limitCells({ limits = {} }: ControllerTable): readonly Cell[] {
  return Object.entries(limits).flatMap(([name, limit]) => {
    const option = name as OptionName;
    const { beside = {}, besideTooHigh = {}, from, to } = limit;
    const range = to === undefined ? `from ${from} up` : `from ${from} to ${to}`;
    const cell = (value: number, asked: Asked) => {
      const must = `must be an integer ${value < 1 ? "from 1 up" : range}`;
      return refuses(option, { ...asked, [option]: value }, `args.${option} is ${value}, ${must}`);
    };
    return [
      ...(from === undefined ? [] : [cell(from - 1, beside)]),
      ...(to === undefined ? [] : [cell(to + 1, { ...beside, ...besideTooHigh })]),
    ];
  });
}

/** The names of an enum that are not accepted. */
function enumCells(table: ControllerTable, all: readonly ControllerTable[]): readonly Cell[] {
  return Object.entries(ENUMS).flatMap(([name, values]) => {
    const option = name as keyof typeof ENUMS;
    const { beside = {} } = table.limits?.[option] ?? {};
    return values
      .filter((value) => table.keys[option] !== undefined && !accepts(table, option, value))
      .map((value) =>
        refuses(option, { ...beside, [option]: value }, unacceptable(table, all, option, value)),
      );
  });
}

/** Lists with an item too many, and with a comma in an item. */
function listCells({ keys, limits = {} }: ControllerTable): readonly Cell[] {
  const tooMany = Object.entries(limits).flatMap(([option, { beside, tooMany: items = [] }]) => {
    const most = `args.${option}.length is ${items.length}, must be at most ${items.length - 1}`;
    const asked = { ...beside, [option]: items };
    return items.length === 0 ? [] : [refuses(option as OptionName, asked, most)];
  });
  const withComma = Object.entries(LISTS)
    .filter(([option]) => keys[option as OptionName] !== undefined)
    .map(([option, beside]) => {
      const { beside: own } = limits[option as OptionName] ?? {};
      const asked = { ...beside, ...own, [option]: ["one,two"] };
      return refuses(option as OptionName, asked, `args.${option}[0] is "one,two", ${SEPARATED}`);
    });
  return [...tooMany, ...withComma];
}

/** Options that exclude each other, or need each other. */
function combinationCells({ keys }: ControllerTable): readonly Cell[] {
  const cells = [
    refuses(
      "healthCheckPath",
      { healthCheckProtocol: "Tcp", healthCheckPath: "/readyz" },
      'args.healthCheckPath is "/readyz", must not be set if args.healthCheckProtocol is "Tcp"',
    ),
    refuses(
      "accessLogsPrefix",
      { accessLogsPrefix: "front" },
      'args.accessLogsPrefix is "front", must not be set without args.accessLogsBucket',
    ),
    refuses(
      "securityGroups",
      { securityGroups: ["sg-1"] },
      "args.sourceRanges is a list, must not be set with args.securityGroups, which then decide who may connect",
    ),
  ];
  return cells.filter(({ cell }) => keys[cell as OptionName] !== undefined);
}

/** Annotations that an argument decides, each alone, and those that are beside no argument. */
function annotationCells(table: ControllerTable): readonly Cell[] {
  const { exposureKeys, keys, olderKeys = {}, plain, sourceRanges } = table;
  const all = [
    ...Object.values({ ...keys }).flat(),
    ...Object.values({ ...olderKeys }).flat(),
    ...exposureKeys,
    ...Object.keys(plain.annotations),
    ...Object.keys(sourceRanges.voidedBy),
  ];
  const decidedKeys = new Set(
    all.filter((key) => !key.startsWith("spec.") && !table.openKeys?.includes(key)),
  );
  const ofPort = (key: string) => (/[._-]$/.test(key) ? `${key}80` : key.replace("*", "80"));
  const alone = [...decidedKeys].map((key) => ({ [ofPort(key)]: "x" }));
  const ranges = { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" };
  const refused = [...table.refusedAnnotations, ranges, ...alone].map((annotations) => ({
    cell: "annotations" as const,
    asked: { annotations },
    refused: Object.keys(annotations).map((key) => decided(table, key)),
  }));
  const free = { "example.com/team": "shop" };
  return [takes("annotations", { annotations: free }, free), ...refused];
}

/** Ports of each protocol, and too many. */
function protocolCells(table: ControllerTable): readonly Cell[] {
  const { maximumPorts, protocols } = table;
  const tooMany = `args.ports.length is ${maximumPorts + 1}, must be at most ${maximumPorts}`;
  return [
    ofPorts("udp", udp, protocols === "TCP" ? onlyTcp(table, 0, "dns") : undefined),
    ofPorts("udp", httpAndUdp, secondPort(table, "TCP", "UDP", "dns")),
    ofPorts("tcpAndUdp", tcpAndUdpOnOnePort, secondPort(table, "UDP", "TCP", "dns-tcp")),
    ...[sctp, [...http, ...sctp]].map((ports, index) =>
      ofPorts(
        "sctp",
        ports,
        protocols === "TCP" ? onlyTcp(table, index, "sctp") : noSctp(table, index),
      ),
    ),
    ...(maximumPorts === 65535
      ? []
      : [refuses("ports", { ports: httpPorts(maximumPorts + 1) }, tooMany)]),
  ];
}

function ofPorts(cell: Cell["cell"], ports: unknown, refused: string | undefined): Cell {
  return refused === undefined ? takes(cell, { ports }) : refuses(cell, { ports }, refused);
}

/** The problem of a second port, of another protocol than the first. */
function secondPort(
  table: ControllerTable,
  first: string,
  second: string,
  name: string,
): string | undefined {
  if (table.protocols === "TCP") {
    return second === "UDP" ? onlyTcp(table, 1, name) : onlyTcp(table, 0, "dns");
  }
  return table.protocols === "TCP or UDP"
    ? `args.ports[1].targetPort is "${name}", must be a ${first} port like args.ports[0], ${table.controller} has one protocol per load balancer; use a second LoadBalancerService for ${second}`
    : undefined;
}

function onlyTcp({ controller }: ControllerTable, index: number, name: string): string {
  return `args.ports[${index}].targetPort is "${name}", must be a TCP port: ${controller} supports no other protocol`;
}

function noSctp({ controller, protocols }: ControllerTable, index: number): string | undefined {
  return protocols === "TCP, UDP and SCTP"
    ? undefined
    : `args.ports[${index}].targetPort is "sctp", must be a TCP or UDP port: ${controller} does not support SCTP`;
}

/** Fields of the Service that are passed on as they are. */
function serviceCells({ controller, sessionAffinity }: ControllerTable): readonly Cell[] {
  const clientIp = { sessionAffinity: "ClientIP" };
  const instead = typeof sessionAffinity === "string" ? `; ${sessionAffinity}` : "";
  const must = `must be "None": load balancers of ${controller} do not support session affinity${instead}`;
  const passedOn = (cell: Cell["cell"], field: Asked) =>
    takes(cell, field, {}, { spec: { ...field } });
  return [
    passedOn("externalTrafficPolicy", { externalTrafficPolicy: "Cluster" }),
    passedOn("externalTrafficPolicy", { externalTrafficPolicy: "Local" }),
    passedOn("ipFamilyPolicy", { ipFamilyPolicy: "SingleStack" }),
    passedOn("sessionAffinity", { sessionAffinity: "None" }),
    sessionAffinity === true
      ? takes(
          "sessionAffinity",
          { ...clientIp, sessionAffinityTimeoutSeconds: 600 },
          {},
          {
            spec: { ...clientIp, sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } } },
          },
        )
      : refuses("sessionAffinity", clientIp, `args.sessionAffinity is "ClientIP", ${must}`),
  ];
}

/** Source ranges, as the table of them has it. */
function rangeCells({ ranges: { taken } }: ControllerTable): readonly Cell[] {
  const two = { ipFamilyPolicy: "RequireDualStack" };
  const offices = ["198.51.100.0/24", "203.0.113.0/24"];
  return [
    ...(taken.Public.nothing.includes("office4")
      ? [
          takes(
            "sourceRanges",
            { sourceRanges: offices },
            {},
            { spec: { loadBalancerSourceRanges: offices } },
          ),
        ]
      : []),
    ...(taken.Public.required.includes("all")
      ? [
          takes(
            "ipFamilyPolicy",
            { sourceRanges: everybody, ...two },
            {},
            {
              spec: { ...two, ipFamilies: undefined, loadBalancerSourceRanges: everybody },
            },
          ),
        ]
      : []),
  ];
}
