import type { KubernetesObject } from "@kubernetes/client-node";
import type { Facts, ObservedObject, PendingOperation } from "../facts.ts";
import { type Finding, Severity } from "../finding.ts";
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
  return [
    ...creationFindings(facts, creations),
    ...others.map((it) => interrupted(facts.stack, it)),
  ];
}

/** Creations that took place come first: what clears the others would forget them. */
function creationFindings(
  facts: Facts,
  creations: readonly PendingOperation[],
): readonly Finding[] {
  const seen = creations.map(({ resource: { urn } }) => ({ urn, object: observed(facts, urn) }));
  const unknown = seen.filter(({ object }) => object === undefined);
  const recorded = seen.flatMap(({ object, urn }) =>
    object?.live === undefined ? [] : notRecorded(facts.stack, urn, object.live),
  );
  const notBegun = seen
    .filter(({ object }) => object !== undefined && object.live === undefined)
    .map(({ urn }) => notCreated(facts, urn, unknown.length === 0));
  return [...recorded, ...notBegun, ...unknown.map(({ urn }) => unknownCreation(facts.stack, urn))];
}

/** Refreshes one resource and no other: what else has changed is a finding of its own. */
function refresh(stack: string, target: string, ...more: readonly string[]): readonly string[] {
  return ["refresh", "--stack", stack, "--yes", "--skip-preview", "--target", target, ...more];
}

function notRecorded(stack: string, urn: string, { metadata }: KubernetesObject): Finding {
  const { name = "", namespace } = metadata ?? {};
  const id = namespace === undefined ? name : `${namespace}/${name}`;
  const option = "--import-pending-creates";
  return {
    rule: "creation-not-recorded",
    severity: Severity.Problem,
    message: `An update was interrupted after it created ${nameOf(urn)}: the cluster has it, the state does not`,
    cure: "Take the object into the state",
    fix: { pulumi: refresh(stack, urn, option, urn, option, id) },
  };
}

function notCreated({ stack, state }: Facts, urn: string, isClearable: boolean): Finding {
  const root = state?.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
  return {
    rule: "creation-not-begun",
    severity: Severity.Problem,
    message: `An update was interrupted before it created ${nameOf(urn)}: the cluster has no such object`,
    cure: "Forget the operation; the next update creates the object",
    // It clears all creations, and so also those about which nothing is known.
    ...(isClearable &&
      root !== undefined && { fix: { pulumi: refresh(stack, root, "--clear-pending-creates") } }),
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

function interrupted(stack: string, { resource, type }: PendingOperation): Finding {
  return {
    rule: "interrupted-operation",
    severity: Severity.Problem,
    message: `An update was interrupted while it was ${type} ${nameOf(resource.urn)}`,
    cure: "Read the object as it is now into the state",
    fix: { pulumi: refresh(stack, resource.urn) },
  };
}

function observed({ clusters }: Facts, urn: string): ObservedObject | undefined {
  return clusters.flatMap(({ objects }) => objects).find((it) => it.urn === urn);
}
