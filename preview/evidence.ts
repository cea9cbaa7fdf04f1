import type { EngineEvent } from "./engine/events.ts";

/** Everything that a preview is judged by. Nothing in it is secret. */
export interface PreviewEvidence {
  /** The project. */
  readonly project: string;
  /** The stack. */
  readonly stack: string;
  /** When the preview ended, in ISO 8601. */
  readonly collectedAt: string;
  /** How the engine ran. */
  readonly engine: EngineRun;
  /** What it said, without debug messages. */
  readonly events: readonly EngineEvent[];
  /** The lines of its log that are no event. */
  readonly unreadableLines: number;
  /** One entry for each Kubernetes provider that the preview uses. */
  readonly clusters: readonly ClusterEvidence[];
  /** The state that the preview started from. */
  readonly state: StateEvidence;
  /** The program. */
  readonly source: SourceEvidence;
  /** The digest of the stack's configuration file, whose secrets are encrypted; empty if there is no file. */
  readonly configDigest: string;
}

/** How the engine ran. */
export interface EngineRun {
  /** The version, such as `v3.276.0`. */
  readonly version: string;
  /** The exit code; null if it was ended. */
  readonly exitCode: number | null;
  /** Whether it was ended because it took too long. */
  readonly timedOut: boolean;
  /** The policy packs that it was told to load, as paths. */
  readonly policyPacks: readonly string[];
}

/** What the cluster behind a provider answered when it was asked without the engine. */
export interface ClusterEvidence {
  /** The URN of the provider. */
  readonly provider: string;
  /** The source of the access: the provider's own inputs, an option, or the kubeconfig's current context. */
  readonly access: "provider" | "option" | "ambient";
  /** The context of the kubeconfig; empty if it is not known. */
  readonly context: string;
  /** The uid of the namespace `kube-system`; undefined if the cluster did not answer. */
  readonly uid?: string;
  /** Why there is no uid. */
  readonly error?: string;
  /** The objects of the state that were looked for, by URN. */
  readonly objects: readonly ObjectEvidence[];
}

/** Whether an object of the state is in the cluster. */
export interface ObjectEvidence {
  /** The URN. */
  readonly urn: string;
  /** `same` if its uid is that of the state, `other` if an object of its name has another uid. */
  readonly found: "same" | "other" | "missing" | "unreadable";
}

/** The state that a preview started from. */
export interface StateEvidence {
  /** The digest before the preview; empty if the state cannot be read. */
  readonly before: string;
  /** The digest after the preview. */
  readonly after: string;
  /** When the state was written, in ISO 8601; undefined if there is none yet. */
  readonly writtenAt?: string;
  /** The operations that an interrupted update has left, as `creating URN`. */
  readonly pending: readonly string[];
}

/** The program's files. */
export interface SourceEvidence {
  /** The id of Git's tree: the same content has the same id on every branch. Empty outside a repository. */
  readonly tree: string;
  /** The digest of what is not committed; empty if everything is. */
  readonly uncommitted: string;
}
