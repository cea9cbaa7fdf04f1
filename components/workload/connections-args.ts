import type * as pulumi from "@pulumi/pulumi";
import type { ServiceTargetArgs } from "../service/target.ts";

/** A port of another workload's own Service that the Pods connect to. */
export interface ConnectionArgs {
  /**
   * The workload: usually another Backend's `target`, also from another stack, or a declared target. It must have a
   * Service of its own.
   */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /** The name of the target's port, which must have a `port` in the Service. */
  readonly port: string;
}

/** The workloads to which the Pods connect. */
export interface ConnectionsArgs {
  /**
   * The workloads to which the Pods connect, by an upper-case prefix for the container's environment variables.
   * `MY_BACKEND` yields
   *
   * - `MY_BACKEND_HOST`: the Service's DNS name, `my-backend-service.shop.svc`,
   * - `MY_BACKEND_PORT`: the Service's port,
   * - `MY_BACKEND_URL`: the URL of an HTTP port, as in the Backend's `urls`. If the target's ports are an Output, the
   *   variable always exists, and is empty for other protocols.
   *
   * They come before the variables of `env`, whose values may refer to them: `http://$(MY_BACKEND_HOST)/v1`.
   *
   * If the target is a Backend of the same program that limits its callers, a NetworkPolicy in its namespace admits
   * these Pods. Any other target must admit them itself: a Backend of another stack by `allowedCallers`. With
   * `closeEgress` these Pods may still connect to the targets.
   *
   * @default - nobody
   * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
   */
  readonly connectsTo?: Record<string, ConnectionArgs>;
}
