import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type * as pulumi from "@pulumi/pulumi";
import { createGate } from "../gate.ts";
import { awaitReachable } from "./await-reachable.ts";
import type { Front } from "./front.ts";

/** A load balancer whose answer is awaited. */
export interface ReachedFront {
  /** The NodePortService or LoadBalancerService. */
  readonly component: pulumi.ComponentResource;
  /** The component's title in errors, for example `LoadBalancerService "front"`. */
  readonly subject: string;
  /** The component's name. */
  readonly name: string;
  /** The Service. */
  readonly service: Service;
  /** Changes when the Service's controller has something to do. */
  readonly digest: pulumi.Output<string>;
  /** The load balancer's address and ports. */
  readonly front: pulumi.Output<Front>;
  /** Whether the load balancer is internal, and this machine may not be able to reach it. */
  readonly isInternal: boolean;
  /** How many seconds to wait; 0 does not wait. */
  readonly seconds: number;
  /** The records that must be written before. */
  readonly after: readonly pulumi.Resource[];
}

/** The content of the record. */
interface ReachabilityRecord {
  readonly front: Front;
  readonly uid: string;
  /** The Service's digest. */
  readonly digest: string;
}

/**
 * Records that a load balancer answers. The record's hooks wait for that before it is written. Until then every update
 * checks again; afterwards, only an update that changes the address or on which the controller has to act does. It is
 * separate from the controller's record, because the controller's events may expire before the load balancer answers.
 */
export function recordReachability(reached: ReachedFront): void {
  const { after, component, digest, front, isInternal, name, seconds, service, subject } = reached;
  if (seconds === 0) {
    return;
  }
  createGate<ReachabilityRecord>({
    component,
    name: `${name}-reachability`,
    input: { front, uid: service.metadata.uid, digest },
    after: [service, ...after],
    failure: `Cannot reach ${subject}`,
    verify: ({ front: known }, { progress }) =>
      awaitReachable(known, { isInternal, progress, seconds }),
  });
}
