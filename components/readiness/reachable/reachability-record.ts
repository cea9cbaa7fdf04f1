import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { knownValue } from "../../cluster/access.ts";
import { engineRunsHooks, hookName } from "../../cluster/engine-hooks.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { awaitReachable } from "./await-reachable.ts";
import type { Front } from "./front.ts";

/** A load balancer that is to be asked whether it answers. */
export interface UnaskedFront {
  /** The entrance it belongs to. */
  readonly component: pulumi.ComponentResource;
  /** What the entrance is called in errors, for example `LoadBalancerService "front"`. */
  readonly subject: string;
  /** The entrance's name. */
  readonly name: string;
  /** The Service. */
  readonly service: Service;
  /** Changes when the Service's controller has something to do. */
  readonly digest: pulumi.Output<string>;
  /** Where it answers. */
  readonly front: pulumi.Output<Front>;
  /** Whether it may be out of this machine's reach on purpose. */
  readonly isInternal: boolean;
  /** How long to wait; 0 asks nothing. */
  readonly seconds: number;
  /** What has to hold before. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Records that a load balancer answers. The record's hooks wait for that before it is written: as long as it does not, the
 * next update asks again, and once it does, nothing is asked until there is another address or its controller has
 * something to do. It is a record of its own, because what the controller has said is forgotten sooner than a load
 * balancer may need to answer.
 */
export function recordReachable(unasked: UnaskedFront): void {
  const { after, component, digest, front, name, seconds, service } = unasked;
  if (seconds === 0) {
    return;
  }
  const input = { front, uid: service.metadata.uid, digest };
  const hooks = engineRunsHooks() ? { hooks: hooksOf(unasked) } : {};
  const options = { parent: component, dependsOn: [service, ...after], ...hooks };
  new pulumi.Stash(`${name}-reachable`, { input }, options);
}

function hooksOf({ component, isInternal, name, seconds, subject }: UnaskedFront) {
  const hook = new pulumi.ResourceHook(hookName(`${name}-reachable`), async ({ newInputs }) => {
    const { front } = (await knownValue<unknown>(newInputs?.["input"])) as { front: Front };
    const hush = await hushing(component);
    const progress = (text: string) => void pulumi.log.info(hush(text), component, undefined, true);
    try {
      await awaitReachable(front, { isInternal, progress, seconds });
    } catch (error) {
      throw new Error(hush(`Cannot reach ${subject}: ${(error as Error).message}`));
    }
  });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}
