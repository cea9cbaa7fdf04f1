/** An entrance in front of Pods of others. */
export interface Entrance {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly targetReadyWithinSeconds: number;
  /** Whether the same Service is made with plain @pulumi/kubernetes as well. */
  readonly plainToo: boolean;
}
