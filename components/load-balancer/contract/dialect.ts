import type { AddressKind } from "../../cluster/address-kind.ts";
import type { Evidence } from "../../readiness/controller/evidence.ts";
import type { ServicePort } from "../../service/ports.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import type { AnnotationValue } from "./annotation-value.ts";
import type { Enforcement } from "./enforcement.ts";
import type { Exposure, Intent } from "./intent.ts";
import type { OptionName } from "./option-names.ts";

/** How a controller supports one option. */
export interface Support {
  /** The annotation keys that the option writes, with a "*" for a port's number, and fields that begin with `spec.`. */
  readonly keys: readonly string[];
  /**
   * Other annotation keys for the same setting, from older versions or for one port. They are rejected. A key may end
   * with the separator before a port.
   */
  readonly conflictingKeys?: readonly string[];
  /**
   * The keys that may be stated as annotations while no argument writes them, because they take values that the option
   * does not have.
   */
  readonly openKeys?: readonly string[];
  /** The controller's own rule for the value, or for each item of a list or each value of an object. */
  readonly rule?: Rule;
  /** The same, if the exposure decides it. */
  readonly ruleOf?: (exposure: Exposure) => Rule;
  /** The rule for all items of a list together. It is applied when the last of them has resolved. */
  readonly listFindings?: (items: readonly unknown[]) => readonly Finding[];
  /** The maximum number of items of a list. */
  readonly most?: number;
}

/** The fields that a dialect writes into a Service's spec. */
export interface RenderedSpec {
  readonly loadBalancerClass?: string;
}

/** What a dialect writes into a Service. */
export interface Rendered {
  /** The annotations. They always include the exposure, if the controller has an annotation for it. */
  readonly annotations: Readonly<Record<string, AnnotationValue>>;
  readonly spec?: RenderedSpec;
  /**
   * Port numbers that two protocols share and whose node ports must be equal. Only a new Service has equal node ports,
   * so a change replaces the Service: the API server assigns another node port to each port that is added later.
   */
  readonly sharedNumbers?: readonly number[];
}

/** The parts of a Service, before or after an update, from which a load balancer is made. */
export interface WrittenService {
  readonly annotations: Readonly<Record<string, unknown>>;
  /** The ports; those of an existing Service include the node ports that the API server has assigned. */
  readonly ports: readonly unknown[];
}

/**
 * How one controller is configured, and what it does not support. Each controller has one file with facts and pure
 * functions of the intent.
 */
export interface LoadBalancerDialect {
  /** The controller's name in errors. */
  readonly name: string;
  /** The URL of its documentation. */
  readonly documentation: string;
  /** The kind of address that it assigns. */
  readonly addressKind: AddressKind;
  /** The annotation with a DNS name that it then assigns in place of an IP address. */
  readonly hostnameKey?: string;
  /** How it reports that it has reconciled a Service or rejects it. */
  readonly evidence: Evidence;
  /** The maximum number of ports of one load balancer. */
  readonly maximumPorts: number;
  /** The options that it supports, and the annotations they write. An option that is not listed is rejected. */
  readonly supports: { readonly [Name in OptionName]?: Support };
  /** What enforces source ranges, and what makes them ineffective. */
  readonly sourceRanges: Enforcement;
  /** The rule for the session affinity. Absent if every affinity is supported. */
  readonly sessionAffinity?: Rule;
  /** The rule for the IP family policy. */
  readonly ipFamilyPolicy: Rule;
  /**
   * The annotations and fields of the spec whose change replaces the Service, because the controller would make another
   * load balancer or ignore the change.
   */
  readonly forceNewKeys: readonly string[];
  /** Reports the settings that an update no longer states but the cloud would keep. */
  stickyFindings?(before: WrittenService, after: WrittenService): readonly Finding[];
  /** The annotations that decide who can reach the load balancer, by key, whether the dialect writes them or not. */
  readonly exposureKeys: readonly string[];
  /** Reports combinations of ports that it does not support. The ports may be checked after they resolve. */
  portFindings(ports: readonly ServicePort[], intent: Intent): readonly Finding[];
  /** Reports contradictions in the intent. Deferred values are not checked. */
  intentFindings(intent: Intent): readonly Finding[];
  /** Whether traffic comes through node ports, which source ranges do not protect. If not, no node ports are opened. */
  needsNodePorts(intent: Intent): boolean;
  /** Writes the intent as annotations and fields of the spec. */
  render(intent: Intent): Rendered;
}
