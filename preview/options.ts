import type { Waiver } from "./findings/waivers.ts";
import type { Severity } from "./report.ts";

/** How strictly previews are judged. */
export interface GateOptions {
  /**
   * The uid that the namespace `kube-system` of every cluster must have.
   *
   * @default - the objects of the state must be in the cluster
   */
  readonly clusterUid?: string;
  /**
   * The policy packs that must have run on every resource, by name.
   *
   * @default [] - those that the engine was told to load
   */
  readonly requiredPolicyPacks?: readonly string[];
  /**
   * Whether the API server must have made a dry run of every object that changes. A role without write permissions
   * cannot make one.
   *
   * @default true
   */
  readonly requireDryRun?: boolean;
  /**
   * Whether any change blocks, to find drift.
   *
   * @default false
   */
  readonly expectNoChanges?: boolean;
  /**
   * The lowest severity that blocks.
   *
   * @default "block"
   */
  readonly failOn?: Severity;
  /**
   * Other severities of rules, by name.
   *
   * @default {}
   */
  readonly severities?: Readonly<Record<string, Severity>>;
  /**
   * The findings that are accepted.
   *
   * @default []
   */
  readonly waivers?: readonly Waiver[];
}
