import type { apps, core } from "@pulumi/kubernetes/types/input.js";
import { type Checks, isDeferred, isRecord } from "../validation/checks.ts";

type Variable = core.v1.EnvVar;

/**
 * Orders the variables of every container so that each follows the variables to which it refers as `$(NAME)`:
 * Kubernetes does not expand references to later variables. Circular references are reported to `checks`.
 *
 * @param referringToNothing - the names of variables whose deferred values are known to have no references
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function orderVariables<Manifests extends { readonly deployment: apps.v1.Deployment }>(
  checks: Checks,
  manifests: Manifests,
  referringToNothing: readonly unknown[],
): Manifests {
  const { deployment } = manifests;
  const spec = deployment.spec as apps.v1.DeploymentSpec;
  const template = spec.template as core.v1.PodTemplateSpec;
  const pod = template.spec as core.v1.PodSpec;
  const ordered = (containers: unknown, pathOf: (index: number) => string) =>
    Array.isArray(containers)
      ? containers.map((container, index) =>
          orderedContainer(checks, pathOf(index), container, referringToNothing),
        )
      : containers;
  const containers = ordered(pod.containers, () => "args");
  const initContainers = ordered(pod.initContainers, (index) => `args.initContainers[${index}]`);
  const podSpec = {
    ...pod,
    containers,
    ...(initContainers === undefined ? {} : { initContainers }),
  } as core.v1.PodSpec;
  const changed = { ...spec, template: { ...template, spec: podSpec } };
  return { ...manifests, deployment: { ...deployment, spec: changed } };
}

function orderedContainer(
  checks: Checks,
  path: string,
  container: unknown,
  referringToNothing: readonly unknown[],
): unknown {
  if (!isRecord(container) || isDeferred(container) || !Array.isArray(container["env"])) {
    return container;
  }
  const variables = container["env"] as readonly Variable[];
  const isOpen = ({ name, value }: Variable) =>
    isDeferred(value) && !referringToNothing.includes(name);
  return { ...container, env: inReferenceOrder(checks, `${path}.env`, variables, isOpen) };
}

/**
 * A stable order: only variables that refer to a later one move.
 *
 * @param isOpen - whether a variable's references are not known yet, so that it comes as late as possible
 */
function inReferenceOrder(
  checks: Checks,
  path: string,
  variables: readonly Variable[],
  isOpen: (variable: Variable) => boolean,
) {
  const names = variables.map(({ name }) => name);
  const waiting = variables.map((variable) => ({ variable, needs: needsOf(variable, names) }));
  const placed: Variable[] = [];
  while (waiting.length > 0) {
    const isFree = ({ needs }: { needs: readonly string[] }) =>
      needs.every((need) => placed.some(({ name }) => name === need));
    const known = waiting.findIndex((it) => isFree(it) && !isOpen(it.variable));
    const next = known >= 0 ? known : waiting.findIndex(isFree);
    if (next < 0) {
      reportCircle(checks, path, waiting);
      return variables;
    }
    placed.push(...waiting.splice(next, 1).map(({ variable }) => variable));
  }
  return placed.map((variable, index) => {
    const below = placed.slice(index + 1).map(({ name }) => String(name));
    return isOpen(variable) ? judgedLater(checks, path, variable, below) : variable;
  });
}

/** A deferred variable cannot be moved any more when its value resolves. */
function judgedLater(checks: Checks, path: string, variable: Variable, below: readonly string[]) {
  const value = checks.gate(
    variable.value as string,
    (known) => {
      const unseen = referencesIn(known).filter((name) => below.includes(name));
      const must = `must not refer to ${unseen.join(" and ")}, whose value is deferred too: Kubernetes would not expand $(${unseen[0]}); state ${unseen.join(" and ")} above it`;
      return unseen.length === 0 ? [] : [{ path: `${path}.${variable.name}`, value: known, must }];
    },
    true,
  );
  return { ...variable, value };
}

function reportCircle(
  checks: Checks,
  path: string,
  waiting: readonly { variable: Variable; needs: readonly string[] }[],
): void {
  const stuck = waiting.map(({ variable }) => variable.name);
  for (const { variable, needs } of waiting) {
    const others = needs.filter((need) => stuck.includes(need));
    const must = `must not refer to ${others.join(" and ")}, which in turn refers to it; write $$(NAME) for the literal text`;
    checks.confidential(`${path}.${variable.name}`, variable.value as string, () => must);
  }
}

function needsOf({ name, value }: Variable, names: readonly unknown[]): readonly string[] {
  return referencesIn(value).filter((other) => other !== name && names.includes(other));
}

/**
 * The names that Kubernetes expands in a string: `$(NAME)`, where `$$` is one dollar sign.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go
 */
export function referencesIn(text: unknown): readonly string[] {
  if (typeof text !== "string") return [];
  return [...text.matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap(([, name]) => name ?? []);
}
