import fc from "fast-check";
import {
  type BackendArgs,
  type BackendPortArgs,
  type ConnectionArgs,
  Entrance,
} from "../../../../components/index.ts";
import type { Given } from "./backend.ts";
import { fields, sometimes } from "./fields.ts";
import { namespace } from "./namespaces.ts";
import { podPorts } from "./ports.ts";
import { targetOf } from "./target.ts";
import { image, serviceName } from "./texts.ts";

/** Whom a Backend connects to. */
export interface Connections {
  readonly connectsTo?: Record<string, ConnectionArgs>;
  /** Backends of the same program that are connected to, by key: their targets are stated in `connectsTo` as well. */
  readonly callees: Readonly<Record<string, Given<BackendArgs>>>;
}

/** One of those, before it has a key. */
interface Connection {
  readonly args: ConnectionArgs;
  readonly callee?: Given<BackendArgs>;
}

const MOST = 3;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const word = fc.string({
  unit: fc.constantFrom(...LETTERS, ..."0123456789"),
  minLength: 1,
  maxLength: 6,
});

const key = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...LETTERS), fc.array(word, { maxLength: 4 }))
      .map(([first, words]) => [first, ...words].join("_")),
  },
  fc.constantFrom("A", "A".repeat(63), `${"A1_".repeat(20)}A12`),
);

/** Ports of which at least one is in a Service, and the name of such a one. */
const called = podPorts(1, 4)
  .filter((ports) => ports.some(isServed))
  .chain((ports) =>
    fc.record({
      ports: fc.constant(ports),
      port: fc.constantFrom(...ports.filter(isServed).map(({ name }) => name)),
    }),
  );

/** A workload of somebody else's, which has a Service. */
const foreign: fc.Arbitrary<Connection> = called.chain(({ port, ports }) =>
  fc
    .tuple(targetOf(ports, 0), serviceName)
    .map(([target, name]) => ({ args: { port, target: { serviceName: name, ...target } } })),
);

type Callee = Pick<BackendArgs, "app" | "entrances" | "namespace" | "networkPolicy">;

/** A Backend of the same program. Nobody else in it has its names. */
const ours = (index: number): fc.Arbitrary<Connection> =>
  fc
    .record({
      called,
      image,
      more: fields<Callee>(
        { namespace },
        {
          app: fc.constant(`callee-app-${index}`),
          entrances: fc.subarray(Object.values(Entrance)),
          networkPolicy: fc.boolean(),
        },
      ),
    })
    .map(({ called: { port, ports }, more, ...rest }) => {
      const name = `callee-${index}`;
      const readinessProbe = { exec: { command: ["true"] } };
      const args: BackendArgs = { ...rest, ...more, ports, readinessProbe };
      const target = { namespace: more.namespace, selector: { app: more.app ?? name } };
      const stated = { ...target, ports, drainSeconds: 60, serviceName: name };
      return { args: { port, target: stated }, callee: { name, args } };
    });

const connections = fc
  .tuple(
    fc.uniqueArray(key, { maxLength: MOST }),
    ...Array.from({ length: MOST }, (_, index) => fc.oneof(foreign, ours(index))),
  )
  .map(([keys, ...all]): [string, Connection][] =>
    keys.flatMap((it, index): [string, Connection][] => {
      const connection = all[index];
      return connection === undefined ? [] : [[it, connection]];
    }),
  );

/** Whom a Backend connects to: anybody, or a Backend of the same program. */
export const connectsTo: fc.Arbitrary<Connections> = sometimes(connections).map((drawn) => {
  if (typeof drawn === "symbol") return { callees: {} };
  const callees = drawn.flatMap(([it, { callee }]) =>
    callee === undefined ? [] : [[it, callee] as const],
  );
  return {
    connectsTo: Object.fromEntries(drawn.map(([it, { args }]) => [it, args])),
    callees: Object.fromEntries(callees),
  };
});

function isServed({ port }: BackendPortArgs): boolean {
  return port !== undefined;
}
