import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type * as pulumi from "@pulumi/pulumi";
import { connectionOf } from "../../cluster/connection.ts";
import type { ServicePortSpec, WantedPort } from "../../service/ports.ts";
import { isIssued, type ServiceTargetArgs } from "../../service/target.ts";
import { createGate } from "../gate.ts";
import { clusterOf } from "./cluster.ts";
import type { FrontService } from "./front-service.ts";
import { verifyEndpoints } from "./verify-endpoints.ts";

/** A Service whose Pods this program may not manage. */
export interface VerifiedService {
  /** The NodePortService or LoadBalancerService. */
  readonly component: pulumi.ComponentResource;
  /** The component's title in errors, for example `NodePortService "dev"`. */
  readonly subject: string;
  /** The component's name. */
  readonly name: string;
  /** The Service. */
  readonly service: Service;
  /** The Service's name. */
  readonly serviceName: string;
  /** The target as it was given. */
  readonly given: pulumi.Input<ServiceTargetArgs>;
  /** The fields of the target. */
  readonly target: Pick<ServiceTargetArgs, "namespace" | "selector">;
  /** The Service's ports. */
  readonly ports: readonly WantedPort[];
  /** The same ports in the Service's spec. */
  readonly portSpecs: readonly ServicePortSpec[];
  /** How many seconds to wait; 0 verifies nothing. */
  readonly seconds: number;
}

/**
 * Verifies that a Service has ready Pods, unless that follows from the program.
 *
 * @returns the record, if there is one
 */
export function recordEndpoints(verified: VerifiedService): readonly pulumi.Resource[] {
  const { component, given, name, seconds, service, subject } = verified;
  if (seconds === 0 || isIssued(given)) {
    return [];
  }
  const gate = createGate<FrontService>({
    component,
    name: `${name}-endpoints`,
    input: frontServiceOf(verified),
    after: [service],
    failure: `Cannot verify the endpoints of ${subject}`,
    verify: async (record, { progress }) => {
      const cluster = clusterOf(await connectionOf(component));
      await verifyEndpoints(record, cluster, { seconds, progress });
    },
  });
  return [gate];
}

/** The known fields of a {@link FrontService}. */
function frontServiceOf({ ports, portSpecs, service, serviceName, target }: VerifiedService) {
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
