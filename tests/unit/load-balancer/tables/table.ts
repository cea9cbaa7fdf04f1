import type { LoadBalancerServiceArgs } from "../../../../components/index.ts";
import type { RangeEnforcer } from "../../../../components/load-balancer/contract/enforcement.ts";
import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";

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
  /** When it is asked in several ways: which. */
  readonly when?: string;
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

/** What one controller is told, by hand. */
export interface Table {
  readonly controller: string;
  /** Where its contract is written. */
  readonly documentation: string;
  /** How many ports one load balancer can have. */
  readonly maximumPorts: number;
  /** Whether it says nothing, whatever is asked. */
  readonly silent: boolean;
  /** What it needs to be asked for anything at all. */
  readonly asked: Asked;
  /** What a public load balancer of one HTTP port has. Nothing where there cannot be one. */
  readonly plain: Required<Omit<Written, "sharedNumbers">>;
  /** What kind of address it gives. */
  readonly addressKind: "hostname" | "ip";
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
  /** Where each option is written. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly cells: readonly Cell[];
  /** What it cannot take back. Absent where it can take back everything. */
  readonly updates?: readonly Update[];
}

export const http = [{ port: 80, targetPort: "http" }];
export const https = [{ port: 443, targetPort: "https" }];
export const httpAndHttps = [...http, ...https];
export const udp = [{ port: 53, targetPort: "dns" }];
export const httpAndUdp = [...http, ...udp];
export const tcpAndUdpOnOnePort = [...udp, { port: 53, targetPort: "dns-tcp" }];
export const sctp = [{ port: 9899, targetPort: "sctp" }];

/** Everybody, by both families of addresses. */
export const everybody = ["0.0.0.0/0", "::/0"];

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
