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

function interrupted(stack: string, { resource, type }: PendingOperation): Finding {
  return {
    rule: "interrupted-operation",
    severity: Severity.Problem,
    message: `An update was interrupted while it was ${type} ${nameOf(resource.urn)}`,
    cure: "Read the object as it is now into the state",
    fix: {
      pulumi: ["refresh", "--stack", stack, "--yes", "--skip-preview", "--target", resource.urn],
    },
  };
}

function observed({ clusters }: Facts, urn: string): ObservedObject | undefined {
  return clusters.flatMap(({ objects }) => objects).find((it) => it.urn === urn);
}
