import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { imageReference } from "../validation/image-reference.ts";
import { among, namespaceName, oneOf, trueOrFalse } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import { portSpecs } from "./container-ports.ts";
import { readEnvironment } from "./environment.ts";
import { ImagePullPolicy } from "./image-pull-policy.ts";
import type { ContainerArgs, InitContainersArgs } from "./init-containers-args.ts";
import type { PodPorts } from "./pod-ports.ts";
import type { ProbeArgs } from "./probe-args.ts";
import type { ProbedPorts } from "./probe-handlers.ts";
import { ProbeRole, readProbe } from "./probes.ts";
import { readProcess } from "./process.ts";
import { readResources } from "./resources.ts";
import { containerSecurity, notRoot } from "./security.ts";
import { type Mount, type MountedVolume, TEMPORARY_PATH } from "./volumes.ts";

/** Reads the list of the containers that start before the main one, without what is in them. */
export function listInitContainers(
  checks: Checks,
  { initContainers }: InitContainersArgs,
): readonly ContainerArgs[] {
  return checks
    .list("args.initContainers", initContainers ?? [], 0, "containers")
    .map((container, index) => checks.object(`args.initContainers[${index}]`, container));
}

/** Reads the containers that start before the main container, which has the Backend's name. */
export function readInitContainers(
  checks: Checks,
  name: string,
  given: readonly ContainerArgs[],
  ports: PodPorts,
  volumes: readonly MountedVolume[],
): readonly core.v1.Container[] {
  return given.map((container, index) => {
    const path = `args.initContainers[${index}]`;
    const first = given.findIndex((other) => other.name === container.name);
    if (container.name === name) {
      checks.report(
        `${path}.name`,
        name,
        "must differ from the Backend's name, which is the main container's name",
      );
    } else if (first < index && container.name !== undefined) {
      const must = `must differ from args.initContainers[${first}].name`;
      checks.report(`${path}.name`, container.name, must);
    }
    return readContainer(
      checks,
      path,
      container,
      { all: ports.stated, own: ports.sidecars[index] ?? [] },
      volumes,
    );
  });
}

function readContainer(
  checks: Checks,
  path: string,
  container: ContainerArgs,
  ports: ProbedPorts,
  volumes: readonly MountedVolume[],
): core.v1.Container {
  const { image, imagePullPolicy, name, resources, sidecar = false } = container;
  checks.plain(`${path}.sidecar`, sidecar, trueOrFalse);
  const environment = readEnvironment(checks, path, name, { ...container, secretEnv: {} });
  return {
    name: checks.plain(`${path}.name`, name, namespaceName),
    image: checks.input(`${path}.image`, image, imageReference),
    ...withoutEmpty({
      restartPolicy: sidecar ? "Always" : undefined,
      imagePullPolicy:
        imagePullPolicy === undefined
          ? undefined
          : checks.plain(`${path}.imagePullPolicy`, imagePullPolicy, oneOf(ImagePullPolicy)),
      env: environment.variables,
      envFrom: environment.sources,
    }),
    ...readProcess(checks, path, container),
    ...readSidecar(checks, path, container, ports),
    resources: withoutEmpty(readResources(checks, resources, `${path}.resources`)),
    securityContext: { ...containerSecurity(), ...readUser(checks, path, container) },
    volumeMounts: readMounts(checks, path, container, volumes),
  };
}

function readUser(checks: Checks, path: string, { runAsGroup, runAsUser }: ContainerArgs) {
  const read = (field: string, id: pulumi.Input<number> | undefined) =>
    id === undefined ? undefined : checks.input(`${path}.${field}`, id, notRoot);
  return withoutEmpty({
    runAsUser: read("runAsUser", runAsUser),
    runAsGroup: read("runAsGroup", runAsGroup),
  });
}

/** The arguments that only a sidecar may have. */
function readSidecar(
  checks: Checks,
  path: string,
  container: ContainerArgs,
  ports: ProbedPorts,
): Partial<core.v1.Container> {
  const roles = Object.values(ProbeRole).filter((role) => container[role] !== undefined);
  if (container.sidecar !== true) {
    const listens = Array.isArray(container.ports) && container.ports.length > 0;
    for (const field of [...roles, ...(listens ? (["ports"] as const) : [])]) {
      const must = "must not be set unless the container is a sidecar";
      checks.report(`${path}.${field}`, container[field], must);
    }
    return {};
  }
  const probes = roles.map((role) => {
    return [role, readProbe(checks, role, container[role] as ProbeArgs, ports, path)] as const;
  });
  return { ...withoutEmpty({ ports: portSpecs(ports.own) }), ...Object.fromEntries(probes) };
}

function readMounts(
  checks: Checks,
  path: string,
  container: ContainerArgs,
  volumes: readonly MountedVolume[],
): Mount[] {
  const right = among(volumes.flatMap(({ mounts }) => mounts.map((mount) => mount.name)));
  const wanted = checks.list(`${path}.volumes`, container.volumes ?? [], 0, "volume names");
  wanted.forEach((name, index) => {
    checks.plain(`${path}.volumes[${index}]`, name, right);
  });
  return volumes
    .flatMap(({ mounts }) => mounts)
    .filter(({ mountPath, name }) => mountPath === TEMPORARY_PATH || wanted.includes(name));
}
