import type { apps } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Checks, isDeferred } from "../validation/checks.ts";
import { int32, oneOf } from "../validation/rules.ts";

/** How new Pods replace old ones. */
export const DeploymentStrategy = {
  /** One after another, so that there are always Pods that answer. */
  RollingUpdate: "RollingUpdate",
  /** All old Pods stop before the first new one starts; nothing answers meanwhile. */
  Recreate: "Recreate",
} as const;
/** How new Pods replace old ones. */
export type DeploymentStrategy = (typeof DeploymentStrategy)[keyof typeof DeploymentStrategy];

/**
 * How new Pods replace old ones.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export interface StrategyArgs {
  /**
   * Whether Pods are replaced one after another or all at once. `RollingUpdate` is rejected with a claim that the Pods of
   * one node mount at a time.
   *
   * @default - DeploymentStrategy.RollingUpdate; Recreate with such a claim
   */
  readonly strategy?: DeploymentStrategy;
  /**
   * How many Pods more than `replicas` a rolling update may create, from 0. A patch may set a percentage.
   *
   * @default 1
   */
  readonly maxSurge?: pulumi.Input<number>;
  /**
   * How many Pods fewer than `replicas` may be available during a rolling update, from 0. `maxSurge` and
   * `maxUnavailable` must not both be 0. A patch may set a percentage.
   *
   * @default 0
   */
  readonly maxUnavailable?: pulumi.Input<number>;
}

const MAX_SURGE = 1;
const MAX_UNAVAILABLE = 0;
const ONLY_ROLLING = "must not be set: the strategy is Recreate, which replaces all Pods at once";
const NOT_BOTH_ZERO = "must not be 0 while args.maxUnavailable is 0: no Pod could ever be replaced";
const CLAIM =
  "must be Recreate with a claim that the Pods of one node mount at a time: a new Pod on another node would wait for ever; if Pods of several nodes can mount the claim, set its accessMode";

/** Reads how new Pods replace old ones. */
export function readStrategy(
  checks: Checks,
  args: StrategyArgs,
  withExclusiveClaim: boolean,
): apps.v1.DeploymentStrategy {
  const { RollingUpdate, Recreate } = DeploymentStrategy;
  const right = oneOf(DeploymentStrategy);
  const { strategy: type = withExclusiveClaim ? Recreate : RollingUpdate } = args;
  checks.plain(
    "args.strategy",
    type,
    (value) => right(value) ?? (withExclusiveClaim && value === RollingUpdate ? CLAIM : undefined),
  );
  if (type !== Recreate) return { type, rollingUpdate: readRollingUpdate(checks, args) };
  for (const field of ["maxSurge", "maxUnavailable"] as const) {
    if (args[field] !== undefined) checks.report(`args.${field}`, args[field], ONLY_ROLLING);
  }
  return { type };
}

function readRollingUpdate(checks: Checks, args: StrategyArgs): apps.v1.RollingUpdateDeployment {
  const { maxSurge = MAX_SURGE, maxUnavailable = MAX_UNAVAILABLE } = args;
  const most = checks.input("args.maxUnavailable", maxUnavailable, int32(0));
  const surge = checks.input("args.maxSurge", maxSurge, int32(0));
  const bothZero = (one: unknown, [other]: readonly unknown[]) =>
    one === 0 && other === 0 ? [{ path: "args.maxSurge", value: 0, must: NOT_BOTH_ZERO }] : [];
  // The one that is deferred waits for the other; a plain one stays known.
  return isDeferred(most)
    ? { maxUnavailable: checks.together(most, [surge], bothZero), maxSurge: surge }
    : { maxUnavailable: most, maxSurge: checks.together(surge, [most], bothZero) };
}
