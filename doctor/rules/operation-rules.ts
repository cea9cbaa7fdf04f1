import type { KubernetesObject } from "@kubernetes/client-node";
import type {
  ClusterFacts,
  Facts,
  ObservedObject,
  PendingOperation,
  StateResource,
} from "../facts.ts";
import { type Finding, Severity } from "../finding.ts";
import { whyUnjudged } from "./cluster-rules.ts";
import { nameOf } from "./state-rules.ts";

/**
 * Operations that an interrupted update has begun: nobody has recorded whether they were done.
 *
 * @see https://www.pulumi.com/docs/support/troubleshooting/common-issues/update-conflicts/#pending-operations
 */
export function operationFindings(facts: Facts): readonly Finding[] {
  const operations = facts.state?.pendingOperations ?? [];
  const creations = operations.filter(({ type }) => type === "creating");
  const others = operations.filter(({ type }) => type !== "creating");
  return [...creationFindings(facts, creations), ...others.map((it) => interrupted(facts, it))];
}

/** Creations that took place come first: what clears the others would forget them. */
function creationFindings(
  facts: Facts,
  creations: readonly PendingOperation[],
): readonly Finding[] {
  const { stack } = facts;
  const seen = creations.map(({ resource: { urn } }) => ({ urn, object: observed(facts, urn) }));
  const unknown = seen.filter(({ object }) => object === undefined);
  const recorded = seen.flatMap(({ object, urn }) =>
    object?.live === undefined ? [] : notRecorded(stack, urn, object.live),
  );
  const notBegun = seen
    .filter(({ object }) => object !== undefined && object.live === undefined)
    .map(({ urn }) => notCreated(stack, urn));
  return [...recorded, ...notBegun, ...unknown.map(({ urn }) => unknownCreation(stack, urn))];
}

function notRecorded(stack: string, urn: string, { metadata }: KubernetesObject): Finding {
  const { name = "", namespace } = metadata ?? {};
  const id = namespace === undefined ? name : `${namespace}/${name}`;
  const option = "--import-pending-creates";
  return {
    rule: "creation-not-recorded",
    severity: Severity.Problem,
    message: `An update was interrupted after it created ${nameOf(urn)}: the cluster has it, the state does not`,
    cure: `Take the object into the state: pulumi refresh --stack ${stack} ${option} '${urn}' ${option} ${id}`,
  };
}

function notCreated(stack: string, urn: string): Finding {
  return {
    rule: "creation-not-begun",
    severity: Severity.Problem,
    message: `An update was interrupted before it created ${nameOf(urn)}: the cluster has no such object`,
    cure: `Forget the operation: pulumi refresh --stack ${stack}, in a terminal, asks what to do about each one; choose to clear it`,
  };
}

function unknownCreation(stack: string, urn: string): Finding {
  return {
    rule: "unknown-creation",
    severity: Severity.Problem,
    message: `An update was interrupted while it created ${nameOf(urn)}, and whether it exists is not known`,
    cure: `Look for it; then pulumi refresh --stack ${stack}, in a terminal, asks what to do about each one`,
  };
}

function interrupted(facts: Facts, { resource, type }: PendingOperation): Finding {
  const { stack } = facts;
  const finding = {
    rule: "interrupted-operation",
    severity: Severity.Problem,
    message: `An update was interrupted while it was ${type} ${nameOf(resource.urn)}`,
    cure: "Read the object as it is now into the state",
  };
  if (!canBeRead(facts, resource)) {
    return { ...finding, cure: `${finding.cure}, as soon as its cluster can be judged` };
  }
  const target = ["--target", resource.urn];
  const pulumi = ["refresh", "--stack", stack, "--yes", "--skip-preview", ...target];
  return { ...finding, fix: { pulumi } };
}

/** Whether a refresh reads a resource where it is: one in a wrong cluster would be forgotten. */
function canBeRead(facts: Facts, { provider, type }: StateResource): boolean {
  if (!type.startsWith("kubernetes:")) return true;
  return judged(facts).some((it) => it.provider === provider);
}

function judged(facts: Facts): readonly ClusterFacts[] {
  return facts.clusters.filter((it) => whyUnjudged(facts, it) === undefined);
}

/** What a cluster has of a pending creation. The object that a replacement is to replace has the same URN, and a uid. */
function observed(facts: Facts, urn: string): ObservedObject | undefined {
  const objects = judged(facts).flatMap((it) => it.objects);
  return objects.find((it) => it.urn === urn && it.uid === undefined);
}
