import type * as pulumi from "@pulumi/pulumi";
import type { ServiceTargetArgs } from "../service/target.ts";

/** A port of another workload's own Service that the Pods connect to. */
export interface ConnectionArgs {
  /**
   * The workload, usually another Backend's `target`; also that of another stack, or one that is stated. It needs a
   * Service of its own.
   */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /** The name of the target's port. It needs a `port`, which is that of the Service. */
  readonly port: string;
}

/** Whom the Pods connect to. */
export interface ConnectionsArgs {
  /**
   * Whom the Pods connect to, by a prefix for the container's environment variables in upper case. `MY_BACKEND` gives
   *
   * - `MY_BACKEND_HOST`: the Service's DNS name, `my-backend-service.shop.svc`,
   * - `MY_BACKEND_PORT`: the Service's port,
   * - `MY_BACKEND_URL`: where the port speaks HTTP, as its URL in the Backend's `urls`. Where the target's ports arrive
   *   late, as an Output, the variable is there in any case, and empty where the port speaks something else.
   *
   * They come before those of `env`, whose values may refer to them: `http://$(MY_BACKEND_HOST)/v1`.
   *
   * A target of a Backend of the same program that limits its callers lets these Pods in, by a NetworkPolicy in its
   * namespace. Anybody else has to let them in: another stack's Backend by `allowedCallers`. With `closeEgress` these
   * Pods may connect to the targets.
   *
   * @default - nobody
   * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
   */
  readonly connectsTo?: Record<string, ConnectionArgs>;
}
