import { at } from "../overrides/patch.ts";
import type { Checks } from "../validation/checks.ts";

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
  const pod = at(deployment, SPEC);
  const grace = at(pod, "terminationGracePeriodSeconds") ?? DEFAULT_GRACE_SECONDS;
  const sleeps = ["containers", "initContainers"].flatMap((list) => {
    const containers: unknown = at(pod, list);
    return Array.isArray(containers)
      ? containers.map((it) => at(it, "lifecycle.preStop.sleep.seconds"))
      : [];
  });
  const longest = Math.max(0, ...sleeps.filter((it) => typeof it === "number"));
  if (typeof grace === "number" && longest > grace) {
    const must = `must be at least ${longest}: a preStop sleep takes that long; set drainSeconds of the Backend to change the sleep`;
    checks.report(`${path}.${SPEC}.terminationGracePeriodSeconds`, grace, must);
  }
}
