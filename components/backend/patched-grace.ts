import { type Checks, isRecord } from "../validation/checks.ts";

const SPEC = "spec.template.spec";

/** The API server's own default. */
const DEFAULT_GRACE_SECONDS = 30;

/**
 * Reports a patched Deployment in which a container sleeps longer before it stops than its Pod may take to stop. The
 * API server rejects such a Deployment.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go
 * (validateSleepAction)
 */
export function checkPatchedGrace(checks: Checks, path: string, deployment: unknown): void {
  const pod = at(deployment, "spec", "template", "spec");
  const grace = at(pod, "terminationGracePeriodSeconds") ?? DEFAULT_GRACE_SECONDS;
  const sleeps = ["containers", "initContainers"].flatMap((list) => {
    const containers: unknown = at(pod, list);
    return Array.isArray(containers)
      ? containers.map((it) => at(it, "lifecycle", "preStop", "sleep", "seconds"))
      : [];
  });
  const longest = Math.max(0, ...sleeps.filter((it) => typeof it === "number"));
  if (typeof grace === "number" && longest > grace) {
    const must = `must be at least ${longest}: a preStop sleep takes so long; set drainSeconds of the Backend for another one`;
    checks.report(`${path}.${SPEC}.terminationGracePeriodSeconds`, grace, must);
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((found, key) => (isRecord(found) ? found[key] : undefined), value);
}
