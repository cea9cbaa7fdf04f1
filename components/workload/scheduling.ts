import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { integer, labelValue, objectName, oneOf, qualifiedName } from "../validation/rules.ts";
import { readStringMap } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { NodeAffinityArgs } from "./node-affinity.ts";

/** What a taint does to the Pods that do not tolerate it. */
export const TaintEffect = {
  /** Keeps new Pods away. */
  NoSchedule: "NoSchedule",
  /** Keeps new Pods away if there is room elsewhere. */
  PreferNoSchedule: "PreferNoSchedule",
  /** Keeps new Pods away and evicts running ones. */
  NoExecute: "NoExecute",
} as const;
/** What a taint does to the Pods that do not tolerate it. */
export type TaintEffect = (typeof TaintEffect)[keyof typeof TaintEffect];

/**
 * A taint of nodes that the Pods tolerate.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface TolerationArgs {
  /**
   * The taint's key.
   *
   * @default - every key
   */
  readonly key?: string;
  /**
   * The taint's value.
   *
   * @default - every value
   */
  readonly value?: pulumi.Input<string>;
  /**
   * The taint's effect.
   *
   * @default - every effect
   */
  readonly effect?: TaintEffect;
  /**
   * Seconds for which a `NoExecute` taint is tolerated, from 0.
   *
   * @default - forever
   */
  readonly tolerationSeconds?: pulumi.Input<number>;
}

/** On which nodes Pods may run, and their priority. */
export interface SchedulingArgs {
  /**
   * Labels that a node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: Record<string, pulumi.Input<string>>;
  /**
   * Taints of nodes that the Pods tolerate.
   *
   * @default - only those that Kubernetes adds
   */
  readonly tolerations?: TolerationArgs[];
  /**
   * The PriorityClass, which decides which Pods are evicted when there is no room.
   *
   * @default - the cluster's default
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
   */
  readonly priorityClassName?: pulumi.Input<string>;
  /**
   * What the nodes must have, or with a `weight` should have.
   *
   * @default - any node
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
   */
  readonly nodeAffinity?: NodeAffinityArgs[];
  /**
   * The RuntimeClass, which decides how containers are run, such as in a virtual machine of their own.
   *
   * @default - the node's default
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class/
   */
  readonly runtimeClassName?: pulumi.Input<string>;
}

/** Reads where Pods may run, as fields of a Pod's spec. */
export function readScheduling(checks: Checks, args: SchedulingArgs): Partial<core.v1.PodSpec> {
  const { nodeSelector, priorityClassName, tolerations } = args;
  return withoutEmpty({
    nodeSelector: readStringMap(
      checks,
      "args.nodeSelector",
      nodeSelector,
      qualifiedName,
      labelValue,
    ),
    tolerations: checks
      .list("args.tolerations", tolerations ?? [], 0, "tolerations")
      .map((given, index) => readToleration(checks, `args.tolerations[${index}]`, given)),
    priorityClassName:
      priorityClassName === undefined
        ? undefined
        : checks.input("args.priorityClassName", priorityClassName, objectName),
    runtimeClassName:
      args.runtimeClassName === undefined
        ? undefined
        : checks.input("args.runtimeClassName", args.runtimeClassName, objectName),
  });
}

function readToleration(checks: Checks, path: string, given: TolerationArgs): core.v1.Toleration {
  const { effect, key, tolerationSeconds, value } = checks.object(path, given);
  if (key === undefined && value !== undefined) {
    checks.report(`${path}.key`, key, "must be given with a value");
  }
  if (tolerationSeconds !== undefined && effect !== TaintEffect.NoExecute) {
    checks.report(`${path}.effect`, effect, 'must be "NoExecute" with tolerationSeconds');
  }
  return withoutEmpty({
    key: key === undefined ? undefined : checks.plain(`${path}.key`, key, qualifiedName),
    operator: value === undefined ? "Exists" : "Equal",
    value: value === undefined ? undefined : checks.input(`${path}.value`, value, labelValue),
    effect:
      effect === undefined ? undefined : checks.plain(`${path}.effect`, effect, oneOf(TaintEffect)),
    tolerationSeconds:
      tolerationSeconds === undefined
        ? undefined
        : checks.input(`${path}.tolerationSeconds`, tolerationSeconds, integer(0)),
  });
}
