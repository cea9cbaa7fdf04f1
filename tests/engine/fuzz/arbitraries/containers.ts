import fc from "fast-check";
import {
  type BackendPortArgs,
  type ContainerArgs,
  type EnvironmentArgs,
  ImagePullPolicy,
  type ProcessArgs,
} from "../../../../components/index.ts";
import { otherEnvironment } from "./environment.ts";
import { fields, oneOf } from "./fields.ts";
import { INT32_MAX, whole } from "./numbers.ts";
import type { DealtPorts } from "./ports.ts";
import { askedPorts, livenessProbe, readinessProbe, startupProbe } from "./probes.ts";
import { resources } from "./resources.ts";
import { absolutePath, anyString, dnsLabel, image, visibleText } from "./texts.ts";

type Probed = Pick<ContainerArgs, "startupProbe" | "readinessProbe" | "livenessProbe">;
type Running = Pick<ContainerArgs, "sidecar" | "ports" | keyof Probed>;
type Rest = Omit<ContainerArgs, keyof Running | keyof EnvironmentArgs | keyof ProcessArgs>;

const command = fc
  .tuple(visibleText, fc.array(anyString, { maxLength: 3 }))
  .map(([program, words]) => [program, ...words]);

/** What a container runs of its image. */
export const process = fields<ProcessArgs>(
  {},
  {
    command: fc.oneof({ weight: 4, arbitrary: command }, fc.constant<string[]>([])),
    args: fc.array(anyString, { maxLength: 4 }),
    workingDir: absolutePath,
  },
);

/** Names of containers beside one that has a given name. */
export const containerNames = (taken: string) =>
  fc.uniqueArray(
    dnsLabel.filter((it) => it !== taken),
    { maxLength: 3 },
  );

/** Containers with the given names; those that go on running listen on the given ports. */
export function containers(
  names: readonly string[],
  { others, own }: DealtPorts,
  volumes: readonly string[],
): fc.Arbitrary<ContainerArgs[]> {
  const probed = askedPorts([...own, ...others.flatMap((ports) => ports ?? [])]);
  return fc.tuple(
    ...names.map((name, index) =>
      fc
        .tuple(rest(name, volumes), otherEnvironment, process, running(others[index], probed))
        .map(([one, two, three, four]) => ({ ...one, ...two, ...three, ...four })),
    ),
  );
}

const rest = (name: string, volumes: readonly string[]) =>
  fields<Rest>(
    { name: fc.constant(name), image },
    {
      imagePullPolicy: oneOf(ImagePullPolicy),
      resources,
      volumes: fc.subarray([...volumes]),
      runAsUser: whole(1, INT32_MAX),
      runAsGroup: whole(1, INT32_MAX),
    },
  );

/** Whether a container goes on running, and what it has only then: its ports and probes. */
function running(
  ports: BackendPortArgs[] | undefined,
  names: readonly string[],
): fc.Arbitrary<Running> {
  if (ports === undefined) return fc.constantFrom<Running>({ sidecar: false }, {}, { ports: [] });
  const probes = fields<Probed>(
    {},
    {
      startupProbe: startupProbe(names),
      readinessProbe: readinessProbe(names),
      livenessProbe: livenessProbe(names),
    },
  );
  return probes.map((its) => ({ sidecar: true, ports, ...its }));
}
