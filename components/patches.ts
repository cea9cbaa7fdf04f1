import { isDeepStrictEqual } from "node:util";
import type { BackendManifests } from "./backend-manifests.ts";
import { merge } from "./merge.ts";
import type { PatchesArgs } from "./patches-args.ts";
import { plainDataFindings } from "./plain-data.ts";
import { type Checks, isRecord } from "./validation.ts";

type Kind = keyof BackendManifests;

const METADATA = ["metadata.name", "metadata.namespace"];

/** What connects the objects, by kind: a patch may repeat it, not change it. */
const FIXED: Readonly<Record<Kind, readonly string[]>> = {
  deployment: [...METADATA, "spec.selector", "spec.template.metadata.labels.app"],
  service: [...METADATA, "spec.selector", "spec.type"],
  serviceAccount: METADATA,
  secret: METADATA,
  networkPolicy: [...METADATA, "spec.podSelector"],
  podDisruptionBudget: [...METADATA, "spec.selector"],
};

/** The fields of a port that other objects know it by. */
const PORT_FIELDS = ["name", "port", "containerPort", "targetPort", "protocol"];

/** Where the ports are. */
const PORTS: Readonly<Partial<Record<Kind, string>>> = {
  deployment: "spec.template.spec.containers.0.ports",
  service: "spec.ports",
};

/** Applies the patches to a Backend's objects; what they may not change is in `checks`. */
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
    checks.report(path, patch, `must be left out, the Backend has ${kinds}`);
    return undefined;
  }
  const change = checks.object(path, patch as object);
  const odd = plainDataFindings(path, change);
  if (odd.length > 0) {
    checks.gate(change, () => odd);
    return undefined;
  }
  const after = merge(before, change);
  const ports = PORTS[kind];
  for (const field of FIXED[kind].filter(
    (it) => !isDeepStrictEqual(at(before, it), at(after, it)),
  )) {
    reportChange(checks, `${path}.${field}`, at(after, field));
  }
  if (ports !== undefined && !isDeepStrictEqual(portsAt(before, ports), portsAt(after, ports))) {
    reportChange(checks, `${path}.${ports}`, at(after, ports));
  }
  return after;
}

function reportChange(checks: Checks, path: string, value: unknown): void {
  checks.report(path, value, "must stay as the arguments say, other objects rely on it");
}

function portsAt(manifest: unknown, path: string): unknown {
  const ports = at(manifest, path);
  return Array.isArray(ports)
    ? ports.map((port) => PORT_FIELDS.map((field) => at(port, field)))
    : ports;
}

function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((found, key) => {
    return isRecord(found) || Array.isArray(found)
      ? (found as Record<string, unknown>)[key]
      : undefined;
  }, value);
}
