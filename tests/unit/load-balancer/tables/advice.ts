import { isDeepStrictEqual } from "node:util";
import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";
import { pathOf, removed, replacedAt, valueAt } from "./paths.ts";
import { type Asked, arn, everyCell, http, https, type Table } from "./table.ts";

/** What is asked, and of which controller. */
export interface Request {
  readonly table: Table;
  readonly asked: Asked;
}

/** One way to follow a problem's text, or several of which each has to work. */
type Advice = (found: readonly string[], path: string, request: Request) => readonly Asked[];

const TO_BE_SET = /args\.(\w+)/;

/** The given value in place of the wrong one. */
const set =
  (...values: readonly unknown[]): Advice =>
  (_, path, { asked }) =>
    values.map((value) => replacedAt(asked, path, value));

const remove: Advice = (_, path, { asked }) => [removed(asked, path)];

/** Another protocol for the port that the path names. */
const port =
  (targetPort: string): Advice =>
  (_, path, { asked }) => {
    const [, index = "0"] = /ports\[(\d+)\]/.exec(path) ?? [];
    const ports = (asked.ports ?? everyCell.ports) as readonly object[];
    return [
      {
        ...asked,
        ports: ports.map((it, at) =>
          at === Number(index) ? { ...it, name: `p${index}`, targetPort } : it,
        ),
      },
    ];
  };

/** Sets an argument as the table of the controller has it. */
function withOption({ asked, table }: Request, option: string, beside: Asked = {}): Asked {
  const told = table.cells.find(
    ({ asked: it, cell, refused }) =>
      cell === option && refused === undefined && it[option as OptionName] !== undefined,
  );
  return { ...asked, ...told?.asked, ...beside };
}

/** Without the problem's argument, and with the one that the text names. */
const removeOrSet: Advice = (found, path, request) => {
  const [, option = ""] = TO_BE_SET.exec(found[0] ?? "") ?? [];
  const { asked } = request;
  const needed = withOption({ ...request, asked: {} }, option);
  return [removed(asked, path), { ...needed, ...asked, ports: needed.ports ?? asked.ports }];
};

/** The texts of problems, each with what somebody does who follows it. The first one that fits counts. */
const ADVICE: readonly (readonly [RegExp, Advice])[] = [
  [
    /^must not be set; use args\.(\w+)/,
    ([, option = ""], path, request) => [
      removed(request.asked, path),
      withOption({ ...request, asked: removed(request.asked, path) }, option),
    ],
  ],
  [/^must not be set without args\.certificates/, removeOrSet],
  [/^must not be set without args\.accessLogsBucket/, removeOrSet],
  [/^must not be set/, remove],
  [
    /^must be an integer from (\d+) to (\d+)/,
    ([, from, to], path, { asked }) => [from, to].map((it) => replacedAt(asked, path, Number(it))),
  ],
  [
    /^must be an integer from (\d+) up/,
    ([, from], path, { asked }) => [replacedAt(asked, path, Number(from) > 1 ? Number(from) : 5)],
  ],
  [
    /^must be at most (\d+), unless args\.ipFamilyPolicy/,
    ([, most], path, { asked }) => [
      replacedAt(asked, path, Number(most)),
      { ...asked, sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
    ],
  ],
  [
    /^must be at most (\d+)$/,
    ([, most], path, { asked }) => [replacedAt(asked, path, Number(most))],
  ],
  [
    /^must be (?:at most|less than) args\.\w+, which is (\d+)/,
    ([, most], path, { asked }) => [replacedAt(asked, path, Number(most) - 1)],
  ],
  [
    /^must be lower, or args\.(\w+), which is (\d+)/,
    ([, other = ""], path, { asked }) => [
      replacedAt(asked, path, 5),
      ...(Number(valueAt(asked, path) ?? 10) < 60 ? [{ ...asked, [other]: 2 }] : []),
    ],
  ],
  [
    /^must be args\.\w+, which is (\d+)/,
    ([, same], path, { asked }) => [replacedAt(asked, path, Number(same))],
  ],
  [
    /^must be as many as args\.(\w+), which has \d+/,
    ([, other = ""], _, { asked }) => {
      const count = ((asked.staticAddresses ?? []) as readonly unknown[]).length;
      return [
        { ...asked, [other]: Array.from({ length: count }, (__, index) => `subnet-${index}`) },
      ];
    },
  ],
  [
    /^must be at least (\d+) for .*; let its Pods answer that long/,
    ([, seconds], _, { asked }) => [
      {
        ...asked,
        target: {
          ...Object(asked.target ?? everyCell.target),
          drainSeconds: Number(seconds),
        },
      },
    ],
  ],
  [/^must name the subnet of the VPC/, set(["1234"])],
  [/^must be whole minutes/, set(300)],
  [/^must be true or false/, set(true, false)],
  [
    /^must be true if args\.sourceRanges/,
    (_, path, { asked }) => [
      replacedAt(asked, path, true),
      { ...asked, sourceRanges: ["0.0.0.0/0"] },
    ],
  ],
  [/^must be true: args\.ports/, set(true)],
  [
    /^must be (\d+) like args\.ports\[\d+\]\.nodePort/,
    ([, number], path, { asked }) => [replacedAt(asked, path, Number(number))],
  ],
  [/^must be set on both ports or on none/, remove],
  [
    /^must be (\d+), or args\.ipFamilyPolicy "RequireDualStack"/,
    ([, count], path, { asked }) => [
      replacedAt(asked, path, Number(count)),
      { ...asked, sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
    ],
  ],
  [
    /^must be 2, as args\.ipFamilyPolicy/,
    (_, __, { asked }) => [{ ...asked, staticAddresses: ["203.0.113.7", "2001:db8::7"] }],
  ],
  [
    /^must be of the other family/,
    (_, path, { asked }) => {
      const [first] = (asked.staticAddresses ?? []) as readonly string[];
      return [replacedAt(asked, path, first?.includes(":") ? "203.0.113.7" : "2001:db8::7")];
    },
  ],
  [
    /^must be "Tcp", or TLS must end at every port/,
    (_, path, { asked }) => [replacedAt(asked, path, "Tcp"), { ...asked, ports: https }],
  ],
  [/^must be "0\.0\.0\.0\/0" or "::\/0"/, set("0.0.0.0/0")],
  [
    /^must be a TCP port, which health checks can connect to, or set (.*)$/,
    (found, path, request) => [
      ...port("http")(found, path, request),
      ...[...(found[1] ?? "").matchAll(/args\.(\w+) "(\w+)"/g)].map(([, option = "", value]) => ({
        ...request.asked,
        [option]: value,
      })),
      {
        ...request.asked,
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "10256" },
      },
    ],
  ],
  [
    /^must be a TCP port, or another port must be/,
    (found, path, request) => {
      const { healthCheckPath: _, healthCheckProtocol: __, ...nodes } = request.asked;
      return [...port("http")(found, path, request), nodes];
    },
  ],
  [/^must be a (?:TCP or UDP|TCP) port/, port("http")],
  [/^must be a UDP port/, port("dns")],
  [
    /^must be a port with a fixed nodePort/,
    (_, __, { asked }) => [{ ...asked, ports: [{ ...http[0], nodePort: 30080 }] }],
  ],
  [
    /^must be one of containerPort (\d+) like .*choose another number, or args\.targetType "Instance"/,
    (_, path, { asked }) => [
      {
        ...replacedAt(asked, path.replace("targetPort", "port"), 8053),
        healthCheckPort: "dns-tcp",
      },
      { ...asked, targetType: "Instance" },
    ],
  ],
  [/^must differ from args\.ports/, (_, path, { asked }) => [replacedAt(asked, path, 8443)]],
  [
    /^must be the name of (?:a|a TCP) port: "(\w+)"/,
    ([, name], path, { asked }) => [replacedAt(asked, path, name)],
  ],
  [
    /^must be "[^"]+"(?: or "[^"]+")*/,
    (found, path, { asked }) =>
      [...(found[0] ?? "").matchAll(/"([^"]+)"/g)].map(([, value]) =>
        replacedAt(asked, path, value),
      ),
  ],
  [/^must be the ARN of a certificate/, set(arn("one"))],
  [
    /^must be the allocation id of an Elastic IP.*such as (\S+)$/,
    ([, example], path, { asked }) => [replacedAt(asked, path, example)],
  ],
  [/^must be (?:an IP(?:v4)?|a reserved IPv4) address/, set("203.0.113.7")],
  [
    /^must be an id, such as (\S+)$/,
    ([, example], path, { asked }) => [replacedAt(asked, path, example)],
  ],
  [
    /^must be a zone, such as (\S+)$/,
    ([, example], path, { asked }) => [replacedAt(asked, path, example)],
  ],
  [/^must be a path without/, set("/readyz")],
  [
    /^must be 2, of IPv4 and of IPv6/,
    (_, __, { asked }) => [
      {
        ...asked,
        staticAddresses: [
          "11111111-2222-4333-8444-555555555555",
          "22222222-2222-4333-8444-555555555555",
        ],
      },
    ],
  ],
  [/^must be the id of a subnet, such as 1234$/, set("1234")],
  [
    /^must be an IPv(\d) range, unless args\.ipFamilies names IPv6/,
    ([, family], path, { asked }) => [
      replacedAt(asked, path, family === "4" ? "198.51.100.0/24" : "2001:db8::/32"),
      { ...asked, ipFamilies: ["IPv6"] },
    ],
  ],
  [
    /^must be an IPv4 range, unless args\.ipFamilyPolicy/,
    (_, path, { asked }) => [
      removed(asked, path),
      { ...asked, ipFamilyPolicy: "RequireDualStack" },
    ],
  ],
  [/^must be an IPv4 range/, set("198.51.100.0/24")],
  [
    /^must list an IPv\d range too.*use "([^"]+)"/,
    ([, range], path, { asked }) => [
      replacedAt(asked, path, [...((asked.sourceRanges ?? []) as string[]), range]),
      { ...asked, ipFamilyPolicy: "SingleStack" },
    ],
  ],
  [/^must list the address ranges that may connect/, set(["198.51.100.0/24"])],
  [
    /^must name the pool of/,
    (_, path, { asked }) => [
      replacedAt(asked, path, "office"),
      { ...asked, staticAddresses: ["203.0.113.7"] },
    ],
  ],
  [
    /^must come with args\.staticAddresses/,
    (_, __, { asked }) => [{ ...asked, staticAddresses: ["203.0.113.7"] }],
  ],
  [
    /^must be set, such as "(\w+)", or the annotation (\S+):/,
    ([, place, key = ""], path, { asked }) => [
      replacedAt(asked, path, place),
      { ...asked, annotations: { [key]: "eu-central" } },
    ],
  ],
  [/^must state the annotations .*use \{\}/, set({})],
  [/^must be an object$/, set({ addressKind: "ip", publicAnnotations: {} })],
  [/^must be (?:a|the) (?:folder|name|string|non-empty string)/, set("front")],
  [/^must be at most \d+ (?:lower case )?letters/, set("front")],
];

/** What somebody asks who follows the text of a problem. Undefined if the text is not known here. */
export function followed(problem: string, request: Request): readonly Asked[] | undefined {
  const { asked } = request;
  const whole = withWholeKey(problem, Object.keys(Object(asked.annotations)));
  const [, path = "", must = ""] =
    /^(args\S*(?: key is "[^"]*")?)(?: is [\s\S]*?)?,? (must [\s\S]*)$/.exec(whole) ?? [];
  const [pattern, advice] = ADVICE.find(([it]) => it.test(must)) ?? [];
  const found = pattern?.exec(must);
  return advice === undefined || !found
    ? undefined
    : advice(found, pathOf(path), request).filter((it) => !isDeepStrictEqual(it, asked));
}

/** A problem with the whole key, of which a text shows only so much. */
function withWholeKey(problem: string, keys: readonly string[]): string {
  const [, start = ""] = /key is "([^"]*)…, must/.exec(problem) ?? [];
  const whole = start === "" ? undefined : keys.find((key) => key.startsWith(start));
  return whole === undefined ? problem : problem.replace(`"${start}…`, `"${whole}"`);
}
