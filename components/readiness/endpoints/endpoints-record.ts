import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterAccessOf, knownValue } from "../../cluster/access.ts";
import { connect } from "../../cluster/client.ts";
import { engineRunsHooks, hookName } from "../../cluster/engine-hooks.ts";
import type { ServicePortSpec, WantedPort } from "../../service/ports.ts";
import { isMinted, type ServiceTargetArgs } from "../../service/target.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { clusterOf } from "./cluster.ts";
import type { FrontService } from "./front-service.ts";
import { prove } from "./verify-endpoints.ts";

/** A Service whose Pods may not be ours. */
export interface UnprovedService {
  /** The entrance it belongs to. */
  readonly component: pulumi.ComponentResource;
  /** What the entrance is called in errors, for example `NodePortService "dev"`. */
  readonly subject: string;
  /** The entrance's name. */
  readonly name: string;
  /** The Service. */
  readonly service: Service;
  /** The Service's name. */
  readonly serviceName: string;
  /** What the entrance was given. */
  readonly given: pulumi.Input<ServiceTargetArgs>;
  /** What was read of it. */
  readonly target: Pick<ServiceTargetArgs, "namespace" | "selector">;
  /** The Service's ports. */
  readonly ports: readonly WantedPort[];
  /** The same ports in its spec. */
  readonly portSpecs: readonly ServicePortSpec[];
  /** How long to wait; 0 proves nothing. */
  readonly seconds: number;
}

/**
 * Proves that a Service leads to ready Pods, where that does not follow from the program.
 *
 * The proof is a record in the stack's state whose hooks wait for the evidence before it is written: as long as there is
 * none, the next update asks again, and once there is, nothing is asked until the Service's Pods are chosen differently.
 *
 * @returns the record, where there is one
 */
export function proveReadiness(unproved: UnprovedService): readonly pulumi.Resource[] {
  const { component, given, name, seconds, service } = unproved;
  if (seconds === 0 || isMinted(given)) {
    return [];
  }
  const hooks = engineRunsHooks() ? { hooks: hooksOf(unproved) } : {};
  const options = { parent: component, dependsOn: service, ...hooks };
  return [new pulumi.Stash(`${name}-readiness`, { input: record(unproved) }, options)];
}

/** A {@link FrontService}, as far as it is known. */
function record({ ports, portSpecs, service, serviceName, target }: UnprovedService) {
  return {
    namespace: target.namespace,
    name: serviceName,
    uid: service.metadata.uid,
    selector: target.selector,
    ports: ports.map(({ name, targetPort }, index) => ({
      name,
      targetPort,
      containerPort: portSpecs[index]?.targetPort,
      protocol: portSpecs[index]?.protocol,
    })),
  };
}

function hooksOf({ component, name, seconds, subject }: UnprovedService) {
  const hook = new pulumi.ResourceHook(hookName(`${name}-readiness`), async ({ newInputs }) => {
    const service = (await knownValue<unknown>(newInputs?.["input"])) as FrontService;
    const hush = await hushing(component);
    const progress = (text: string) => void pulumi.log.info(hush(text), component, undefined, true);
    try {
      const cluster = clusterOf(await connect(await clusterAccessOf(component)));
      await prove(service, cluster, { seconds, progress });
    } catch (error) {
      throw new Error(hush(`Cannot prove ${subject}: ${(error as Error).message}`));
    }
  });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}
