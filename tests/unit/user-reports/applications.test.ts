import { expect, test } from "vitest";
import { Backend } from "../../../components/index.ts";
import { type Manifest, renderManifests } from "../../../testing/index.ts";
import type { Application, Original } from "./applications/application.ts";
import { services } from "./applications/services.ts";
import { stores } from "./applications/stores.ts";
import { tools } from "./applications/tools.ts";
import { websites } from "./applications/websites.ts";

const applications = [...stores, ...websites, ...services, ...tools];

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

test("applications: need no patch", () => {
  const patched = applications.filter(({ args }) => args.patches !== undefined);

  expect(patched.map(({ name }) => name)).toEqual([]);
});
