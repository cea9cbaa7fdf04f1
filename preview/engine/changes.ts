import type { EngineEvent, StepMetadata, StepState } from "./events.ts";
import { at, isProperties, type Properties, readable, unknownPaths } from "./values.ts";

/** What happens to a resource. */
export const Operation = {
  /** It is created. */
  Create: "create",
  /** It is changed where it is. */
  Update: "update",
  /** It is created anew and the old one deleted. */
  Replace: "replace",
  /** It is deleted. */
  Delete: "delete",
  /** An existing object is taken into the stack. */
  Import: "import",
  /** It is read, and not managed. */
  Read: "read",
  /** It is left as it is. */
  Same: "same",
  /** An operation that this version does not know. */
  Other: "other",
} as const;
/** What happens to a resource. */
export type Operation = (typeof Operation)[keyof typeof Operation];

/** What a preview does to one resource. */
export interface Change {
  /** The URN. */
  readonly urn: string;
  /** The resource's name in the program. */
  readonly name: string;
  /** The type token. */
  readonly type: string;
  /** What happens to it. */
  readonly operation: Operation;
  /** The engine's own words for it, such as `create-replacement`. */
  readonly steps: readonly string[];
  /** Whether a replacement deletes the old object first, so that there is none in between. */
  readonly deletesFirst: boolean;
  /** The properties that force the replacement. */
  readonly forcedBy: readonly string[];
  /** The paths of the properties that change. */
  readonly paths: readonly string[];
  /** The properties that were declared before. */
  readonly before: Properties | undefined;
  /** The properties that the provider knows from before. */
  readonly outputsBefore: Properties | undefined;
  /** The properties that are declared now. */
  readonly after: Properties | undefined;
  /** Whether the API server has made a dry run of it. */
  readonly dryRun: boolean;
  /** The paths of the declared properties that the preview does not know. */
  readonly unknown: readonly string[];
  /** Whether it was protected from deletion, and is now. */
  readonly protect: { readonly before: boolean; readonly after: boolean };
  /** Whether the object stays when the resource is deleted. */
  readonly retained: boolean;
  /** The URN of the provider before. */
  readonly providerBefore: string | undefined;
  /** The URN of the provider, of the old one where there is no new one. */
  readonly provider: string;
}

const REPLACING = [
  "create-replacement",
  "replace",
  "delete-replaced",
  "read-replacement",
  "import-replacement",
];
const SIMPLE: Readonly<Record<string, Operation>> = {
  create: Operation.Create,
  update: Operation.Update,
  delete: Operation.Delete,
  same: Operation.Same,
  read: Operation.Read,
  import: Operation.Import,
  refresh: Operation.Same,
  "discard-replaced": Operation.Same,
};

/** What a preview does, one entry a resource, in the order of the events. */
export function changesOf(events: readonly EngineEvent[]): readonly Change[] {
  const steps = new Map<string, StepMetadata[]>();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    const metadata = (resOutputsEvent ?? resourcePreEvent)?.metadata;
    if (metadata === undefined) continue;
    steps.set(metadata.urn, [...(steps.get(metadata.urn) ?? []), metadata]);
  }
  return [...steps.values()].map(changeOf);
}

function changeOf(steps: readonly StepMetadata[]): Change {
  const words = [...new Set(steps.map(({ op }) => op))];
  const { provider = "", type, urn } = steps[0] as StepMetadata;
  const before = last(steps, "old");
  const after = last(steps, "new");
  const declared = propertiesOf(after?.inputs);
  return {
    urn,
    name: nameOf(urn),
    type,
    operation: operationOf(words),
    steps: words,
    deletesFirst: deletesFirst(words),
    forcedBy: unique(steps.flatMap(({ keys }) => keys ?? [])),
    paths: unique(steps.flatMap(({ detailedDiff, diffs }) => pathsOf(detailedDiff, diffs))),
    before: propertiesOf(before?.inputs),
    outputsBefore: propertiesOf(before?.outputs),
    after: declared,
    dryRun: steps.some((step) => at(step.new?.outputs, "metadata", "uid") !== undefined),
    unknown: declared === undefined ? [] : unknownPaths(declared),
    protect: { before: before?.protect ?? false, after: after?.protect ?? false },
    retained: (after ?? before)?.retainOnDelete ?? false,
    providerBefore: before?.provider === undefined ? undefined : providerUrn(before.provider),
    provider: providerUrn(after?.provider || provider || before?.provider || ""),
  };
}

/** The last state that says most: an event before the step has no outputs. */
function last(steps: readonly StepMetadata[], which: "new" | "old"): StepState | undefined {
  return steps.findLast((step) => step[which])?.[which] ?? undefined;
}

function operationOf(words: readonly string[]): Operation {
  if (words.some((word) => REPLACING.includes(word))) return Operation.Replace;
  const known = words.map((word) => SIMPLE[word] ?? Operation.Other);
  return known.find((it) => it !== Operation.Same) ?? known[0] ?? Operation.Other;
}

function deletesFirst(words: readonly string[]): boolean {
  const [deleted, created] = [
    words.indexOf("delete-replaced"),
    words.indexOf("create-replacement"),
  ];
  return deleted >= 0 && (created < 0 || deleted < created);
}

function pathsOf(
  detailedDiff: StepMetadata["detailedDiff"],
  diffs: StepMetadata["diffs"],
): readonly string[] {
  const detailed = Object.keys(detailedDiff ?? {});
  return detailed.length > 0 ? detailed : (diffs ?? []);
}

function propertiesOf(properties: Properties | undefined): Properties | undefined {
  const read = readable(properties);
  return isProperties(read) ? read : undefined;
}

const PROVIDER = "pulumi:providers:";
/** https://www.pulumi.com/docs/iac/concepts/resources/stash/ */
const STASH = "pulumi:index:Stash";

/**
 * Whether it is only about how a cluster is reached: a provider that the engine makes by itself, by the configuration, or one whose
 * kubeconfig alone changes. A role that may only read has another kubeconfig than the one that updates; that both lead to the same cluster
 * is asked of the cluster.
 */
export function isAccess({ name, operation, paths, type }: Change): boolean {
  if (!type.startsWith(PROVIDER)) return false;
  const onlyKubeconfig = paths.length > 0 && paths.every((path) => /^kubeconfig\b/.test(path));
  return /^default(_|$)/.test(name) || (operation === Operation.Update && onlyKubeconfig);
}

/**
 * The declared properties by which a change is recognized. A provider's kubeconfig is not one of them, nor is what a Stash keeps: it is in the
 * state alone, and often comes from what the API server says in a dry run, which a role that may only read cannot make.
 */
export function identity({ after, type }: Change): Properties | undefined {
  if (type === STASH) return undefined;
  if (!type.startsWith(PROVIDER) || after === undefined) return after;
  const { kubeconfig: _kubeconfig, ...rest } = after;
  return rest;
}

/** The name at the end of a URN: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** A reference to a provider is its URN and its id. */
function providerUrn(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
