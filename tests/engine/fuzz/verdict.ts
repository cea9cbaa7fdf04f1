import { KubeConfig, type V1ServiceSpec } from "@kubernetes/client-node";
import { TrafficDistribution } from "../../../components/index.ts";
import { type Manifest, SECRET } from "../../../testing/index.ts";
import { core, paths } from "../rig.ts";
import { type DryRunVerdict, strictDryApply, strictDryRun } from "../strict-dry-run.ts";
import { NAMESPACES } from "./arbitraries/namespaces.ts";

const config = new KubeConfig();
config.loadFromFile(paths.kubeconfig);

/** The API server deprecates the older name of a value; clusters before 1.34 know no other. */
const DEPRECATED = `"${TrafficDistribution.PreferClose}" is deprecated`;

/** Creates the namespaces of the fuzzer, in which Pods have to be hardened, where they are not there yet. */
export async function ensureNamespaces(): Promise<void> {
  const labels = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  const { items } = await core.listNamespace();
  const there = items.map(({ metadata }) => metadata?.name);
  for (const name of NAMESPACES.filter((it) => !there.includes(it))) {
    await core.createNamespace({ body: { metadata: { name, labels } } });
  }
}

/**
 * What the API server has against objects, in lines to read: refusals and warnings.
 *
 * @param secrets What is in a Secret, by key: it is not rendered.
 */
export async function refusalsOf(
  manifests: readonly Manifest[],
  secrets: Readonly<Record<string, unknown>> = {},
): Promise<string[]> {
  const lines = manifests.map(async (manifest) => {
    const { accepted, message, warnings } = await verdictOn(withSecrets(manifest, secrets));
    const heard = warnings.filter((warning) => !warning.includes(DEPRECATED));
    return [...(accepted ? [] : [`${manifest.kind}: ${message}`]), ...heard];
  });
  return (await Promise.all(lines)).flat();
}

/** A node port by number is judged without the number where another test's Service has it, as any of the range may be. */
async function verdictOn(manifest: Manifest): Promise<DryRunVerdict> {
  const verdict = await strictDryRun(config, manifest);
  if (!verdict.message?.includes("provided port is already allocated")) return verdict;
  const { items } = await core.listServiceForAllNamespaces();
  const taken = new Set(items.flatMap(({ spec }) => nodePortsOf(spec)));
  return strictDryRun(config, withoutNodePorts(manifest, taken));
}

function nodePortsOf(spec: V1ServiceSpec | undefined): number[] {
  const { healthCheckNodePort, ports = [] } = spec ?? {};
  return [healthCheckNodePort, ...ports.map(({ nodePort }) => nodePort)].filter(
    (port) => port !== undefined,
  );
}

/** The Service without those of its node ports, for which the API server then chooses others. */
function withoutNodePorts(manifest: Manifest, taken: ReadonlySet<number>): Manifest {
  return JSON.parse(JSON.stringify(manifest), (key, value: unknown) =>
    /^(nodePort|healthCheckNodePort)$/.test(key) && taken.has(value as number) ? undefined : value,
  ) as Manifest;
}

/**
 * Why the API server would not take an object, created or applied as Pulumi's provider does it, or undefined. Nothing of its name
 * may be there.
 */
export async function refusalOf(manifest: Manifest): Promise<string | undefined> {
  const object = withSecrets(manifest, {});
  const created = await verdictOn(object);
  if (!created.accepted) return created.message;
  const applied = await strictDryApply(config, object);
  return applied.accepted ? undefined : applied.message;
}

/** Puts the secrets back, or something else where they are not known, so that an API server takes them. */
function withSecrets(manifest: Manifest, secrets: Readonly<Record<string, unknown>>): Manifest {
  const { data } = manifest as { data?: Record<string, string> };
  if (data === undefined || !Object.values(data).includes(SECRET)) return manifest;
  const values = Object.keys(data).map((key) => {
    const known = secrets[key];
    const secret = Buffer.from(typeof known === "string" ? known : "secret");
    return [key, secret.toString("base64")];
  });
  return { ...manifest, data: Object.fromEntries(values) };
}
