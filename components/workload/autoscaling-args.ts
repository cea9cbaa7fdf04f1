/**
 * The number of Pods, decided by load.
 *
 * The percentages refer to a Pod's requests in `resources`. With both, the larger number of Pods applies. Without
 * either, the target is 80 percent of the CPU, Kubernetes' own default.
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
   * @default - 80; with memoryAverageUtilizationPercent, CPU is not considered
   */
  readonly cpuAverageUtilizationPercent?: number;
  /**
   * The target average memory usage in percent of the request, from 1. Only for applications that release memory: more
   * Pods do not make the others use less.
   *
   * @default - memory is not considered
   */
  readonly memoryAverageUtilizationPercent?: number;
}
