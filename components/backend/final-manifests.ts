import type * as pulumi from "@pulumi/pulumi";
import type { PatchesArgs } from "../overrides/patches-args.ts";
import type { Checks } from "../validation/checks.ts";
import { withMarkedSecrets } from "../validation/marked-secrets.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";
import { addressVariables } from "../workload/deployment-spec.ts";
import { orderVariables } from "../workload/environment-order.ts";
import { type BackendManifests, backendManifests } from "./manifests.ts";
import { applyPatches } from "./patches.ts";

/**
 * The objects of a Backend as they are created: patched, with their variables in order and their secrets marked.
 *
 * @param salt - the salt of the digest of the secret values
 * @throws InvalidArgsError if a patch or the order of the variables is invalid
 */
export function finalManifests(
  checks: Checks,
  spec: BackendSpec,
  patches: PatchesArgs | undefined,
  salt: pulumi.Input<string>,
): BackendManifests {
  const patched = applyPatches(checks, backendManifests(spec, salt), patches);
  checks.done();
  const ordered = orderVariables(
    checks,
    patched,
    addressVariables(spec).map(({ name }) => name),
  );
  checks.done();
  return withMarkedSecrets(ordered);
}
