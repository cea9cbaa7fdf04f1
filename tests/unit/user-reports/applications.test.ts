import { expect, test } from "vitest";
import { Backend } from "../../../components/index.ts";
import { type Manifest, renderManifests } from "../../../testing/index.ts";
import type { Application, Original } from "../../shared/applications/application.ts";
import { applications } from "../../shared/applications/index.ts";

interface Container {
  readonly env?: readonly { name: string; value?: string; valueFrom?: object }[];
  readonly ports?: readonly { name: string; containerPort: number }[];
  readonly volumeMounts?: readonly { mountPath: string; subPath?: string }[];
}

/** The objects of an application, written as a program of this library. */
async function manifestsOf({ args, name }: Application): Promise<Manifest[]> {
  const program = () => {
    new Backend(name, { namespace: "shop", ...args });
  };
  return renderManifests(program, { project: "shop", stack: "dev" });
}

interface Pod {
  readonly containers: readonly [Container, ...Container[]];
  readonly initContainers?: readonly Container[];
}

interface Specs {
  readonly Deployment: { readonly template: { readonly spec: Pod } };
  readonly Service?: { readonly ports: readonly { port: number; targetPort: number }[] };
}

/** What of these objects the original states. */
function essentialsOf(manifests: readonly Manifest[]): Required<Original> {
  // Of several Services the first by name is the Backend's own.
  const byKind = manifests.toReversed().map((it) => [it.kind, it["spec"]]);
  const specs: unknown = Object.fromEntries(byKind);
  const { Deployment: deployment, Service: service } = specs as Specs;
  const pod = deployment.template.spec;
  const [container] = pod.containers;
  const all = [container, ...(pod.initContainers ?? [])];
  return {
    ports: Object.fromEntries(
      all.flatMap(({ ports = [] }) => ports.map((port) => [port.name, port.containerPort])),
    ),
    service: Object.fromEntries(
      (service?.ports ?? []).map(({ port, targetPort }) => [port, targetPort]),
    ),
    env: Object.fromEntries(
      (container.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom ?? ""]),
    ),
    mounts: Object.fromEntries(
      (container.volumeMounts ?? [])
        .filter(({ mountPath }) => mountPath !== "/tmp")
        .map(({ mountPath, subPath = "" }) => [mountPath, subPath]),
    ),
    container,
    pod,
    deployment,
  };
}

test.each(applications)("$name: is what its packagers publish", async (application) => {
  const ours = essentialsOf(await manifestsOf(application));

  const { container = {}, deployment = {}, env = {}, mounts = {}, pod = {} } = application.original;
  const { ports, service } = application.original;
  expect({ ports: ours.ports, service: ours.service, env: ours.env, mounts: ours.mounts }).toEqual({
    ports,
    service,
    env,
    mounts,
  });
  expect(ours.container).toMatchObject(container);
  expect(ours.pod).toMatchObject(pod);
  expect(ours.deployment).toMatchObject(deployment);
});

test("applications: differ from the originals as the table says", async () => {
  const rows = applications.flatMap(({ differs = [], name }) =>
    differs.map(({ field, original, why }) => `| ${name} | ${field} | ${original} | ${why} |`),
  );
  const head = ["| application | field | original | why ours is another |", "|---|---|---|---|"];

  expect(rows.length).toBeGreaterThan(10);
  await expect([...head, ...rows, ""].join("\n")).toMatchFileSnapshot(
    "../../shared/applications/differences.md",
  );
});

test("applications: need no patch", () => {
  const patched = applications.filter(({ args }) => args.patches !== undefined);

  expect(patched.map(({ name }) => name)).toEqual([]);
});
