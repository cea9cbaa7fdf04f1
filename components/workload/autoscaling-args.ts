/**
 * How many Pods run, by how busy they are.
 *
 * The percentages are of what a Pod requests in `resources`. With both, the one that asks for more Pods wins. Without
 * either it is 80 percent of the CPU, which is Kubernetes' own default.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface AutoscalingArgs {
  /** The fewest Pods, from 1 up. The Deployment starts with as many. */
  readonly minReplicas: number;
  /** The most Pods, from `minReplicas` up. */
  readonly maxReplicas: number;
  /**
   * The average use of CPU to keep to, in percent of the request, from 1 up.
   *
   * @default - 80 without memoryAverageUtilizationPercent, CPU does not count with it
   */
  readonly cpuAverageUtilizationPercent?: number;
  /**
   * The average use of memory to keep to, in percent of the request, from 1 up. Only for applications that give memory
   * back: more Pods do not make the others use less.
   *
   * @default - memory does not count
   */
  readonly memoryAverageUtilizationPercent?: number;
}
