import type { LoadBalancerServiceArgs } from "../../../../components/index.ts";
import type { RangeEnforcer } from "../../../../components/load-balancer/contract/enforcement.ts";
import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";
import type { Changes } from "./changes.ts";
import type { RangeRules } from "./source-ranges.ts";
import type { Sources } from "./sources.ts";

/** Arguments, right or wrong. */
export type Asked = { readonly [Name in keyof LoadBalancerServiceArgs]?: unknown };

/** What a Service has because of its controller: all of it, or beside what it has anyway. Undefined is "no longer". */
export interface Written {
  readonly annotations?: Readonly<Record<string, string | undefined>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Numbers of ports whose change makes another one. */
  readonly sharedNumbers?: readonly number[];
}

/** One thing that is asked of one controller, and what comes of it. */
export interface Cell extends Written {
  /** What is asked: an option, or what else there is. */
  readonly cell: OptionName | Beside;
  /** What is asked beside the table's own. */
  readonly asked: Asked;
  /** Every problem it is refused with. */
  readonly refused?: readonly string[];
}

/** A Service's annotations and ports, before an update or after it. */
export interface Kept {
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly ports: readonly unknown[];
}

/** An update, and what the cloud would keep though it is no longer said. */
export interface Update {
  readonly when: string;
  readonly before: Kept;
  readonly after: Kept;
  /** Every problem it is refused with. None where it keeps nothing. */
  readonly refused: readonly string[];
}

/** What a controller says in events, by their reasons. */
export interface Events {
  readonly begun: readonly string[];
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
  readonly unfinished: readonly string[];
  readonly answersEachChange: boolean;
}

/** What may be asked beside the options. */
export type Beside =
  | "annotations"
  | "exposure"
  | "externalTrafficPolicy"
  | "ipFamilyPolicy"
  | "ports"
  | "sctp"
  | "sessionAffinity"
  | "sourceRanges"
  | "tcpAndUdp"
  | "udp";

/** The values that a controller accepts of an option, if it does not accept all. */
export interface Limit {
  /** The lowest number. */
  readonly from?: number;
  /** The highest number. */
  readonly to?: number;
  /** The names of an enum. */
  readonly values?: readonly string[];
  /** A list with one item more than it accepts. */
  readonly tooMany?: readonly string[];
  /** What has to be asked beside the option. */
  readonly beside?: Asked;
  /** What has to be asked beside a number that is too high, so that nothing else is wrong. */
  readonly besideTooHigh?: Asked;
}

/**
 * One controller, written by hand from its documents: what it supports and what only it refuses. The refusals and the
 * cells that follow from it are generated.
 */
export interface ControllerTable {
  readonly controller: string;
  /** Where its contract is written. */
  readonly documentation: string;
  /** How many ports one load balancer can have. */
  readonly maximumPorts: number;
  /** Whether it says nothing, whatever is asked. */
  readonly silent: boolean;
  /** The prefix of the annotations that are written here without a "/". */
  readonly prefix: string;
  /** What it needs to be asked for anything at all. */
  readonly asked: Asked;
  /** What a public load balancer of one HTTP port has. Nothing where there cannot be one. */
  readonly plain: Required<Omit<Written, "sharedNumbers">>;
  /** What kind of address it gives. */
  readonly addressKind: "hostname" | "ip";
  /** The annotation with a DNS name that it gives instead. */
  readonly hostnameKey?: string;
  /** How it answers. */
  readonly evidence: Events;
  /** What makes another load balancer of it when it changes. */
  readonly forceNewKeys: readonly string[];
  /** What decides who can reach it. */
  readonly exposureKeys: readonly string[];
  /** What lets in source ranges alone, and which annotations leave them without effect. */
  readonly sourceRanges: {
    readonly by: RangeEnforcer;
    readonly voidedBy: Readonly<Record<string, RegExp>>;
  };
  /** Where each option that it supports is written. */
  readonly keys: { readonly [Name in OptionName]?: readonly string[] };
  /** Other annotations for the same, from older versions. */
  readonly olderKeys?: { readonly [Name in OptionName]?: readonly string[] };
  /** Those of these annotations that may be stated while no argument writes them. */
  readonly openKeys?: readonly string[];
  /** The values that it accepts of an option. */
  readonly limits?: { readonly [Name in OptionName]?: Limit };
  /** The protocols of its ports; "TCP or UDP" if all ports of one load balancer have the same. */
  readonly protocols: "TCP" | "TCP or UDP" | "TCP and UDP" | "TCP, UDP and SCTP";
  /** Whether it supports session affinity; or what an error says that it has instead. */
  readonly sessionAffinity: boolean | string;
  /** Annotations that it refuses, because an argument decides them; together, where they are in one object. */
  readonly refusedAnnotations: readonly Readonly<Record<string, string>>[];
  /** What only it does. */
  readonly cells: readonly Cell[];
  /** What comes of changes of each option that it supports. */
  readonly changes: Changes;
  /** Where that is written. */
  readonly changesFrom: Sources;
  /** What becomes of source ranges. */
  readonly ranges: RangeRules;
  /** What it cannot take back. Absent where it can take back everything. */
  readonly updates?: readonly Update[];
}

/** All that one controller is told: with full annotation keys, and with the generated cells. */
export type Table = Pick<
  ControllerTable,
  | "addressKind"
  | "asked"
  | "cells"
  | "changes"
  | "changesFrom"
  | "controller"
  | "documentation"
  | "evidence"
  | "hostnameKey"
  | "exposureKeys"
  | "forceNewKeys"
  | "keys"
  | "maximumPorts"
  | "openKeys"
  | "plain"
  | "silent"
  | "sourceRanges"
  | "updates"
>;

/** A cell of what a controller supports: what is written because of it, beside what is written anyway. */
export const takes = (
  cell: Cell["cell"],
  asked: Asked,
  annotations: NonNullable<Written["annotations"]> = {},
  more: Omit<Written, "annotations"> = {},
): Cell => ({ cell, asked, annotations, ...more });

/** A cell of what a controller refuses, with every problem. */
export const refuses = (
  cell: Cell["cell"],
  asked: Asked,
  ...refused: readonly [string, ...string[]]
): Cell => ({ cell, asked, refused });

export const http = [{ port: 80, targetPort: "http" }];
export const https = [{ port: 443, targetPort: "https" }];
export const httpAndHttps = [...http, ...https];
/** HTTP and HTTPS with fixed ports of the nodes. */
export const fixedPorts = [
  { port: 80, targetPort: "http", nodePort: 30080 },
  { port: 443, targetPort: "https", nodePort: 30081 },
];
export const udp = [{ port: 53, targetPort: "dns" }];
export const httpAndUdp = [...http, ...udp];
export const tcpAndUdpOnOnePort = [...udp, { port: 53, targetPort: "dns-tcp" }];
export const sctp = [{ port: 9899, targetPort: "sctp" }];

/** As many HTTP ports, numbered from one. */
export const httpPorts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `p${index}`,
    port: index + 1,
    targetPort: "http",
  }));

/** Everybody, by both families of addresses. */
export const everybody = ["0.0.0.0/0", "::/0"];

/** The ARN of a certificate. */
export const arn = (name: string) => `arn:aws:acm:eu-central-1:111122223333:certificate/${name}`;

/** What is asked for an internal load balancer. */
export const internal: Asked = { exposure: "Internal", sourceRanges: undefined };

/** What a load balancer needs to end TLS, where certificates are ARNs. */
export const awsTls: Asked = { ports: https, certificates: [arn("one")] };

/** What a load balancer needs to end TLS, where certificates are names. */
export const namedTls: Asked = { ports: https, certificates: ["my-certificate"] };

/** The public load balancer that every cell asks for, if it does not say otherwise. */
export const everyCell: Asked = {
  target: {
    namespace: "shop",
    selector: { app: "web" },
    ports: [
      { name: "http", containerPort: 8080, protocol: "TCP" },
      { name: "https", containerPort: 8443, protocol: "TCP" },
      { name: "dns", containerPort: 5353, protocol: "UDP" },
      { name: "dns-tcp", containerPort: 5353, protocol: "TCP" },
      { name: "sctp", containerPort: 9899, protocol: "SCTP" },
    ],
    drainSeconds: 4000,
  },
  exposure: "Public",
  sourceRanges: ["0.0.0.0/0"],
  ports: http,
};
