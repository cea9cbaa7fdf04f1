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
  /** Those of the others, in their order; undefined for one that does not go on running. */
  readonly others: (BackendPortArgs[] | undefined)[];
}

/** Whether a container goes on running, as a sidecar. */
const goesOn = fc.oneof(
  { weight: 3, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);
const exactly = (length: number) => ({ minLength: length, maxLength: length });

/** Deals the ports of a Pod to its own container, which gets at least one, and to those of a number of others that go on running. */
export function dealtPorts(others: number): fc.Arbitrary<DealtPorts> {
  // Sidecars without a port have no probe but a command: mostly there are ports enough for each.
  const all = fc.oneof(
    { weight: 1, arbitrary: podPorts(1, 6) },
    { weight: 4, arbitrary: podPorts(1 + 2 * others, 2 + 2 * others) },
  );
  return fc.tuple(all, fc.array(goesOn, exactly(others))).chain(([ports, goOn]) => {
    const sidecars = goOn.flatMap((it, index) => (it ? [index] : []));
    const owner = fc.constantFrom(-1, ...sidecars);
    return fc.array(owner, exactly(ports.length)).map(([, ...owners]) => {
      const of = (one: number) =>
        ports.filter((_, index) => index > 0 && owners[index - 1] === one);
      return {
        own: [...ports.slice(0, 1), ...of(-1)],
        others: goOn.map((it, index) => (it ? of(index) : undefined)),
      };
    });
  });
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
