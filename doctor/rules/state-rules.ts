import type { Facts, StateResource } from "../facts.ts";
import { type Finding, Severity } from "../finding.ts";

/** The state itself: whether it can be read, whether its parts fit together, and what an update has left undone. */
export function stateFindings(facts: Facts): readonly Finding[] {
  const { stack, state, stateProblem } = facts;
  if (state === undefined) {
    return [
      {
        rule: "state-unreadable",
        severity: Severity.Problem,
        message: `The state of stack "${stack}" cannot be read: ${stateProblem ?? "no reason is known"}`,
        cure: "If the file is damaged, take back the state before it: the backend keeps it beside the file, with .bak at its end",
      },
    ];
  }
  return [
    ...brokenReferences(stack, state.resources),
    ...state.resources.filter((it) => it.delete === true).map((it) => leftToDelete(stack, it)),
    ...state.resources.filter((it) => it.initErrors?.length).map((it) => notReady(stack, it)),
  ];
}

function brokenReferences(stack: string, resources: readonly StateResource[]): readonly Finding[] {
  const urns = new Set(resources.map(({ urn }) => urn));
  const broken = resources.flatMap(({ dependencies = [], parent, urn }) => {
    const needed = [...(parent === undefined ? [] : [parent]), ...dependencies];
    return needed.filter((it) => !urns.has(it)).map((it) => `${nameOf(urn)} needs ${nameOf(it)}`);
  });
  if (broken.length === 0) return [];
  return [
    {
      rule: "broken-state",
      severity: Severity.Problem,
      message: `The state of stack "${stack}" refers to resources that it does not have: ${[...new Set(broken)].join(", ")}`,
      cure: "Take the references out of the state; the objects stay as they are",
      fix: { pulumi: ["state", "repair", "--stack", stack, "--yes"] },
    },
  ];
}

function leftToDelete(stack: string, { urn }: StateResource): Finding {
  return {
    rule: "replaced-not-deleted",
    severity: Severity.Problem,
    message: `${nameOf(urn)} was replaced, and the old object is still to be deleted`,
    cure: `The next update deletes it: pulumi up --stack ${stack}`,
  };
}

function notReady(stack: string, { initErrors = [], urn }: StateResource): Finding {
  return {
    rule: "never-ready",
    severity: Severity.Problem,
    message: `The last update has not seen ${nameOf(urn)} become ready: ${initErrors.join("; ")}`,
    cure: `Mend what the message names, then pulumi up --stack ${stack} waits for it again`,
  };
}

/** A resource's type and name, from its URN. */
export function nameOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  const kind = types.split("$").at(-1)?.split(":").at(-1);
  return `${kind} "${name.join("::")}"`;
}
