import type { Evidence } from "../../readiness/controller/evidence.ts";
import type { AddressKind } from "../../service/address.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import type { Said } from "./annotation-value.ts";
import type { Enforcement } from "./enforcement.ts";
import type { Intent, LoadBalancerPort } from "./intent.ts";
import type { OptionName } from "./option-names.ts";

/** How a controller is told one thing. */
export interface Honoured {
  /** Where it is written: the keys of annotations, and fields that begin with `spec.`. */
  readonly writes: readonly string[];
  /** Other keys that say the same, of older versions or for a part: they are refused. One may end with what separates it from a port. */
  readonly otherKeys?: readonly string[];
  /** What a value must be for this controller, beside being one: of a list each item, of an object each value. */
  readonly rule?: Rule;
  /** How many items a list may have. */
  readonly most?: number;
}

/** What is written into a Service's spec. */
export interface SpokenSpec {
  readonly loadBalancerClass?: string;
}

/** What is written into a Service. */
export interface Spoken {
  /** Exposure is always among them, where the controller has a word for it. */
  readonly annotations: Readonly<Record<string, Said>>;
  readonly spec?: SpokenSpec;
  /**
   * Numbers of ports that two protocols share and whose ports of nodes have to be the same. Only a new Service has them so,
   * and a change makes one: the API server gives each port that is added later another one.
   */
  readonly sharedNumbers?: readonly number[];
}

/** A Service as it was or is to be, as far as a load balancer is made of it. */
export interface WrittenService {
  readonly annotations: Readonly<Record<string, unknown>>;
  /** Its ports; of one that is there, with the ports of nodes that the API server has given it. */
  readonly ports: readonly unknown[];
}

/**
 * How one controller is asked for a load balancer, and what it cannot do. One file is one controller: facts, and pure
 * functions of what is asked.
 */
export interface LoadBalancerDialect {
  /** What the controller is called in errors. */
  readonly name: string;
  /** Where its contract is written. */
  readonly documentation: string;
  /** What kind of address it assigns. */
  readonly addressKind: AddressKind;
  /** How it shows that it has carried out a Service, or refuses it. */
  readonly evidence: Evidence;
  /** How many ports one load balancer can have. */
  readonly maximumPorts: number;
  /** What it can be told, and where that is written. What is not here is refused. */
  readonly honours: { readonly [Name in OptionName]?: Honoured };
  /** Who enforces source ranges, and what leaves them without effect. */
  readonly sourceRanges: Enforcement;
  /** What a session affinity must be. Absent where it may be any. */
  readonly sessionAffinity?: Rule;
  /** What the number of address families must be. */
  readonly ipFamilyPolicy: Rule;
  /** The annotations and fields of the spec whose change makes another load balancer, or none: a preview shows a replacement. */
  readonly replacedBy: readonly string[];
  /** What the cloud would keep though an update no longer says it, as what has to stay. */
  keptFindings?(before: WrittenService, after: WrittenService): readonly Finding[];
  /** The annotations that decide who can reach it, by key, whether it writes them or not. */
  readonly exposedBy: readonly string[];
  /** What it cannot do with the ports together, which may be judged late. */
  portFindings(ports: readonly LoadBalancerPort[], intent: Intent): readonly Finding[];
  /** What does not fit together. Late values are not looked at. */
  intentFindings(intent: Intent): readonly Finding[];
  /** Whether traffic comes through ports of nodes, which no source range covers. Where it does not, none are opened. */
  needsNodePorts(intent: Intent): boolean;
  /** Says what is asked. */
  speak(intent: Intent): Spoken;
}
