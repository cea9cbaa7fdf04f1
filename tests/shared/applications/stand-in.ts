import type { BackendArgs, ContainerArgs, ProbeArgs } from "../../../components/index.ts";
import { imageReferences } from "../../../local/images/node-images.ts";
import type { Application } from "./application.ts";

/** Ports for what a stand-in has to open and the application does not have; each Pod's containers share them. */
const SPARE_PORT = 19_000;

/** As much as a stand-in uses. */
const resources = { requests: { cpu: "10m", memory: "16Mi" } };

/**
 * The program of an application with the demo application in place of its images: everything but images, commands, resources and
 * what probes ask for is the application's own.
 */
export function standIn({ args }: Application): Omit<BackendArgs, "namespace"> {
  const { args: _arguments, command: _command, ...own } = args;
  const { initContainers = [] } = args;
  return {
    ...own,
    ...serving(args, 0),
    resources,
    ...(args.preStop === undefined
      ? {}
      : { preStop: { exec: { command: asking(httpPort(args, 0)) } } }),
    ...(initContainers.length === 0
      ? {}
      : { initContainers: initContainers.map((it, index) => sidecar(it, index + 1)) }),
  };
}

function sidecar(container: ContainerArgs, index: number): ContainerArgs {
  const { args: _arguments, command: _command, ...own } = container;
  return { ...own, ...serving(container, index), resources };
}

type Served = Pick<
  ContainerArgs,
  "env" | "livenessProbe" | "ports" | "readinessProbe" | "startupProbe"
>;

/** What the demo application needs for the ports and probes of a container. */
function serving(container: Served, index: number) {
  const port = httpPort(container, index);
  const [other = SPARE_PORT + 100 + index] = tcpPorts(container).filter((it) => it !== port);
  const probes = (["startupProbe", "readinessProbe", "livenessProbe"] as const).flatMap((name) => {
    const probe = container[name];
    return probe === undefined ? [] : [[name, answered(probe, port)] as const];
  });
  return {
    image: imageReferences.demo,
    env: { ...container.env, HTTP_ADDRESS: `:${port}`, TCP_ADDRESS: `:${other}` },
    ...Object.fromEntries(probes),
  };
}

/** Where it serves HTTP: the port that readiness is asked at, or the first. */
function httpPort(container: Served, index: number): number {
  const asked = (container.readinessProbe as ProbeArgs | undefined)?.httpGet?.port;
  const named = container.ports?.find(({ name }) => name === asked)?.containerPort;
  return named ?? tcpPorts(container)[0] ?? SPARE_PORT + index;
}

const tcpPorts = ({ ports = [] }: Served): readonly number[] =>
  ports.filter(({ protocol = "TCP" }) => protocol === "TCP").map((it) => it.containerPort);

const asking = (port: number): string[] => [
  "/demo-application",
  "ask",
  `http://127.0.0.1:${port}/readyz`,
];

/** The probe with what the demo application answers. */
function answered({ exec, httpGet, ...probe }: ProbeArgs, port: number): ProbeArgs {
  if (exec !== undefined) return { ...probe, exec: { command: asking(port) } };
  return httpGet === undefined ? probe : { ...probe, httpGet: { ...httpGet, path: "/readyz" } };
}

/** What has to be there for the Pods of an application to start, by name: the keys of ConfigMaps and Secrets, and claims. */
export interface Needs {
  readonly configMaps: Readonly<Record<string, readonly string[]>>;
  readonly secrets: Readonly<Record<string, readonly string[]>>;
  readonly claims: readonly string[];
}

/** What has to be there for the Pods of an application. */
export function needsOf({ args }: Application): Needs {
  const { envFromSecretKeys = {}, envFromSecrets = [], volumes = [] } = args;
  const filesOf = (name: "configMapName" | "secretName") =>
    volumes.flatMap((volume): [string, string[]][] => {
      const { items = [], subPath } = volume;
      const keys = [
        ...items.map(({ key }) => String(key)),
        ...(subPath === undefined ? [] : [String(subPath)]),
      ];
      return volume[name] === undefined ? [] : [[String(volume[name]), keys]];
    });
  const keys = Object.values(envFromSecretKeys).map((it): [string, string[]] => {
    const { key, name } = it as { key: string; name: string };
    return [name, [key]];
  });
  const whole = envFromSecrets.map((name): [string, string[]] => [String(name), []]);
  return {
    configMaps: Object.fromEntries(filesOf("configMapName")),
    secrets: Object.fromEntries([...filesOf("secretName"), ...keys, ...whole]),
    claims: volumes.flatMap(({ persistentVolumeClaimName: name }) =>
      name === undefined ? [] : [String(name)],
    ),
  };
}
