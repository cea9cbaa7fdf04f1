import { METADATA, patchObject } from "../overrides/patch.ts";
import type { PatchesArgs } from "../overrides/patches-args.ts";
import type { Checks } from "../validation/checks.ts";
import type { BackendManifests } from "./manifests.ts";
import { checkPatchedGrace } from "./patched-grace.ts";

type Kind = keyof BackendManifests;

/** The fields that connect the objects, by kind. A patch may repeat but not change them. */
const FIXED: Readonly<Record<Kind, readonly string[]>> = {
  deployment: [...METADATA, "spec.selector", "spec.template.metadata.labels.app"],
  service: [...METADATA, "spec.selector", "spec.type"],
  headlessService: [...METADATA, "spec.selector", "spec.type", "spec.clusterIP"],
  serviceAccount: METADATA,
  secret: METADATA,
  networkPolicy: [...METADATA, "spec.podSelector"],
  podDisruptionBudget: [...METADATA, "spec.selector"],
  horizontalPodAutoscaler: [...METADATA, "spec.scaleTargetRef"],
};

/** What the objects are by the API's document. */
const DEFINITIONS: Readonly<Record<Kind, string>> = {
  deployment: "Deployment",
  service: "Service",
  headlessService: "Service",
  serviceAccount: "ServiceAccount",
  secret: "Secret",
  networkPolicy: "NetworkPolicy",
  podDisruptionBudget: "PodDisruptionBudget",
  horizontalPodAutoscaler: "HorizontalPodAutoscaler",
};

/** The fields that decide who can connect: a policy without the type `Ingress` would admit everyone. */
const EXPOSING: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  networkPolicy: ["spec.policyTypes"],
};

/** The path of the ports. */
const PORTS: Readonly<Partial<Record<Kind, string>>> = {
  deployment: "spec.template.spec.containers.0.ports",
  service: "spec.ports",
  headlessService: "spec.ports",
};

/** Applies the patches to a Backend's objects. Changes to fixed fields are reported to `checks`. */
export function applyPatches(
  checks: Checks,
  manifests: BackendManifests,
  given: PatchesArgs | undefined,
): BackendManifests {
  const patches = given === undefined ? {} : checks.object("args.patches", given);
  const patched = Object.entries(patches)
    .filter(([, patch]) => patch !== undefined)
    .map(([kind, patch]) => [kind, applyPatch(checks, manifests, kind as Kind, patch)]);
  return { ...manifests, ...Object.fromEntries(patched) };
}

function applyPatch(checks: Checks, manifests: BackendManifests, kind: Kind, patch: unknown) {
  const path = `args.patches.${kind}`;
  const before = manifests[kind];
  if (!Object.hasOwn(FIXED, kind) || before === undefined) {
    const kinds = Object.keys(manifests).join(", ");
    checks.report(path, patch, `must not be set: the Backend has ${kinds}`);
    return undefined;
  }
  const scaled = kind === "deployment" && manifests.horizontalPodAutoscaler !== undefined;
  const fields = [...FIXED[kind], ...(scaled ? ["spec.replicas"] : [])];
  const exposingFields = EXPOSING[kind] ?? [];
  const after = patchObject(checks, path, before, patch, {
    definition: DEFINITIONS[kind],
    fields,
    ports: PORTS[kind],
    exposingFields,
  });
  if (kind === "deployment") {
    reportContainersWithoutImage(checks, path, after as BackendManifests["deployment"], patch);
    checkPatchedGrace(checks, path, after);
  }
  return after;
}

/** A patch with a wrong name adds a container; without an image the API server refuses the whole Deployment. */
function reportContainersWithoutImage(
  checks: Checks,
  path: string,
  after: BackendManifests["deployment"],
  patch: unknown,
): void {
  const pod = Object(after).spec?.template?.spec ?? {};
  const given = Object(patch).spec?.template?.spec ?? {};
  for (const list of ["containers", "initContainers"]) {
    const all = listOf(pod[list]);
    const known = all.filter(({ image }) => image !== undefined).map(({ name }) => name);
    const wrong = all.filter(({ image }) => image === undefined).map(({ name }) => name);
    listOf(given[list]).forEach(({ name }, index) => {
      if (wrong.includes(name)) {
        const must = `must be ${known.join(" or ") || "given with an image"}; a container of another name needs an image`;
        checks.report(`${path}.spec.template.spec.${list}[${index}].name`, name, must);
      }
    });
  }
}

function listOf(value: unknown): readonly { readonly name?: unknown; readonly image?: unknown }[] {
  return Array.isArray(value) ? [...value].map(Object) : [];
}
