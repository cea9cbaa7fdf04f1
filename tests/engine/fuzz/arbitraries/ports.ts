import fc from "fast-check";
import {
  type BackendArgs,
  type BackendPortArgs,
  Protocol,
  type TargetPortArgs,
} from "../../../../components/index.ts";
import { fields, oneOf } from "./fields.ts";
import { portNumber } from "./numbers.ts";
import { portName, qualifiedName } from "./texts.ts";

const appProtocol = fc.oneof(
  fc.constantFrom("http", "https", "kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"),
  qualifiedName,
);

/** A port as a Backend and a target know it. */
const port: fc.Arbitrary<BackendPortArgs & TargetPortArgs> = fields(
  { name: portName, containerPort: portNumber },
  { protocol: oneOf(Protocol), appProtocol, port: portNumber, entrance: fc.constant(true) },
);

/** The same ports, of which some say whether entrances lead to them. */
export const withEntrance = (ports: readonly BackendPortArgs[]): fc.Arbitrary<BackendPortArgs[]> =>
  fc.tuple(...ports.map(() => fc.option(fc.boolean(), { nil: undefined }))).map((stated) =>
    ports.map((given, index) => {
      const entrance = stated[index];
      return entrance === undefined ? given : { ...given, entrance };
    }),
  );

/** The ports of a Pod: each name once, and each number once per protocol. */
export const podPorts = (minLength: number, maxLength: number) =>
  fc.uniqueArray(port, { minLength, maxLength, comparator: collide });

/** The containers of a Pod that listen, each with ports of its own: the Backend's first. */
export interface DealtPorts {
  readonly own: BackendPortArgs[];
  readonly others: BackendPortArgs[][];
}

/** Deals the ports of a Pod to its own container, which gets at least one, and to a number of others. */
export function dealtPorts(others: number): fc.Arbitrary<DealtPorts> {
  // Sidecars without a port have no probe but a command: mostly there are ports enough for each.
  const all = fc.oneof(
    { weight: 1, arbitrary: podPorts(1, 6) },
    { weight: 4, arbitrary: podPorts(1 + 2 * others, 2 + 2 * others) },
  );
  return all.chain((ports) =>
    fc
      .array(fc.nat({ max: others }), { minLength: ports.length, maxLength: ports.length })
      .map((owners) => ({
        own: ports.filter((_, index) => index === 0 || owners[index] === 0),
        others: Array.from({ length: others }, (_, other) =>
          ports.filter((_, index) => index > 0 && owners[index] === other + 1),
        ),
      })),
  );
}

/** The same port of the Backend's Service as of its container, which a headless Service needs. */
export function untranslated(ports: readonly BackendPortArgs[]): BackendPortArgs[] {
  return ports.map((given) =>
    given.port === undefined ? given : { ...given, port: given.containerPort },
  );
}

/** The ports of all containers of a Backend. */
export function portsOf({ initContainers = [], ports }: BackendArgs): BackendPortArgs[] {
  return [...ports, ...initContainers.flatMap((container) => container.ports ?? [])];
}

function collide(one: BackendPortArgs, other: BackendPortArgs): boolean {
  const { TCP } = Protocol;
  const sameProtocol = (one.protocol ?? TCP) === (other.protocol ?? TCP);
  const samePort = one.port !== undefined && one.port === other.port;
  return (
    one.name === other.name ||
    (sameProtocol && (samePort || one.containerPort === other.containerPort))
  );
}
