import type * as pulumi from "@pulumi/pulumi";

/** Where an autoscaler reads a metric. */
export const MetricType = {
  /** The average of a metric of each Pod. */
  Pods: "Pods",
  /** A metric of something outside of the cluster, such as the length of a queue. */
  External: "External",
} as const;
/** Where an autoscaler reads a metric. */
export type MetricType = (typeof MetricType)[keyof typeof MetricType];

/**
 * A metric that is neither CPU nor memory. The cluster needs an adapter that offers it.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#autoscaling-on-multiple-metrics-and-custom-metrics
 */
export interface MetricArgs {
  /** Where the metric is read. */
  readonly type: MetricType;
  /** The metric's name, such as `http_requests_per_second`. */
  readonly name: string;
  /**
   * The labels that select the metric.
   *
   * @default - none
   */
  readonly matchLabels?: Record<string, pulumi.Input<string>>;
  /**
   * The target per Pod, as a quantity such as `100` or `500m`. Exactly one of `averageValue` and `value`.
   *
   * @default - value decides
   */
  readonly averageValue?: pulumi.Input<string>;
  /**
   * The target of the metric as a whole, as a quantity. Only for `MetricType.External`.
   *
   * @default - averageValue decides
   */
  readonly value?: pulumi.Input<string>;
}

/** Which policy of several applies. */
export const ScalingPolicySelect = {
  /** The one that changes most. */
  Max: "Max",
  /** The one that changes least. */
  Min: "Min",
  /** None: the number does not change in this direction. */
  Disabled: "Disabled",
} as const;
/** Which policy of several applies. */
export type ScalingPolicySelect = (typeof ScalingPolicySelect)[keyof typeof ScalingPolicySelect];

/** What the value of a policy counts. */
export const ScalingPolicyType = {
  /** Pods. */
  Pods: "Pods",
  /** Percent of the Pods that there are. */
  Percent: "Percent",
} as const;
/** What the value of a policy counts. */
export type ScalingPolicyType = (typeof ScalingPolicyType)[keyof typeof ScalingPolicyType];

/** By how much the number of Pods may change within a time. */
export interface ScalingPolicyArgs {
  /** What `value` counts. */
  readonly type: ScalingPolicyType;
  /** How many Pods, or percent of them, from 1. */
  readonly value: number;
  /** Seconds within which the number changes by at most that, from 1 to 1800. */
  readonly periodSeconds: number;
}

/** How fast the number of Pods changes in one direction. */
export interface ScalingRulesArgs {
  /**
   * Seconds for which the autoscaler looks back before it changes the number, from 0 to 3600.
   *
   * @default - 0 to scale up, 300 to scale down: Kubernetes' own defaults
   */
  readonly stabilizationWindowSeconds?: number;
  /**
   * Which of the policies applies.
   *
   * @default - ScalingPolicySelect.Max, the API server's own default
   */
  readonly selectPolicy?: ScalingPolicySelect;
  /**
   * By how much the number may change.
   *
   * @default - Kubernetes' own: up by 4 Pods or 100 percent within 15 seconds, down by 100 percent within 15 seconds
   */
  readonly policies?: ScalingPolicyArgs[];
}

/**
 * The number of Pods, decided by load.
 *
 * The percentages refer to a Pod's requests in `resources`. With several, and with `metrics`, the largest number of Pods
 * applies. Without any, the target is 80 percent of the CPU, Kubernetes' own default.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface AutoscalingArgs {
  /** The minimum number of Pods, from 1. The Deployment starts with it. */
  readonly minReplicas: number;
  /** The maximum number of Pods, from `minReplicas`. */
  readonly maxReplicas: number;
  /**
   * The target average CPU usage in percent of the request, from 1.
   *
   * @default - 80; with memoryAverageUtilizationPercent or metrics, CPU is not considered
   */
  readonly cpuAverageUtilizationPercent?: number;
  /**
   * The target average memory usage in percent of the request, from 1. Only for applications that release memory: more
   * Pods do not make the others use less.
   *
   * @default - memory is not considered
   */
  readonly memoryAverageUtilizationPercent?: number;
  /**
   * Other metrics.
   *
   * @default - none
   */
  readonly metrics?: MetricArgs[];
  /**
   * How fast Pods are added.
   *
   * @default - Kubernetes' own behavior
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
   */
  readonly scaleUp?: ScalingRulesArgs;
  /**
   * How fast Pods are removed.
   *
   * @default - Kubernetes' own behavior
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
   */
  readonly scaleDown?: ScalingRulesArgs;
}
