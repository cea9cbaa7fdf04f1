import fc from "fast-check";
import {
  type BackendPortArgs,
  type PreStopHandlerArgs,
  type ProbeArgs,
  ProbeScheme,
  Protocol,
} from "../../../../components/index.ts";
import { type Fields, fields, never, oneOf } from "./fields.ts";
import { count } from "./numbers.ts";
import { isSoon, startSeconds } from "./ready-within.ts";
import { anyString, visibleText } from "./texts.ts";

type Handler = Pick<ProbeArgs, "httpGet" | "tcpSocket" | "grpc" | "exec">;
type Timings = Omit<ProbeArgs, keyof Handler>;

const path = fc.oneof(
  fc.constantFrom("/", "/readyz", "/a?b=c#d", "//", "/ä ö"),
  anyString.map((text) => `/${text}`),
);

const timings: Omit<Fields<Timings>, "successThreshold"> = {
  initialDelaySeconds: count(0),
  periodSeconds: count(1),
  timeoutSeconds: count(1),
  failureThreshold: count(1),
};

/** The names of the ports that a kubelet can ask. */
export const askedPorts = (ports: readonly BackendPortArgs[]): string[] =>
  ports.filter(({ protocol = Protocol.TCP }) => protocol === Protocol.TCP).map(({ name }) => name);

const headerNames = fc.constantFrom("Host", "X-Probe", "accept", "A1");
const httpHeaders = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.dictionary(headerNames, anyString, {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    }),
  },
  fc.constant({}),
);

/** Probes of a container that listens on ports with the given names. */
function probe(ports: readonly string[], successThreshold: fc.Arbitrary<number>) {
  const words = fc
    .tuple(visibleText, fc.array(visibleText, { maxLength: 3 }))
    .map(([first, rest]) => [first, ...rest]);
  const exec: fc.Arbitrary<Handler> = fc.record({ exec: fc.record({ command: words }) });
  // With no ports it is not used.
  const port = ports.length === 0 ? never : fc.constantFrom(...ports);
  const asking: fc.Arbitrary<Handler>[] = [
    fc.record({
      httpGet: fields<NonNullable<Handler["httpGet"]>>(
        { path, port },
        { scheme: oneOf(ProbeScheme), httpHeaders },
      ),
    }),
    fc.record({ tcpSocket: fc.record({ port }) }),
    fc.record({
      grpc: fields<NonNullable<Handler["grpc"]>>({ port }, { service: anyString }),
    }),
  ];
  return fc
    .tuple(
      ports.length === 0 ? exec : fc.oneof(exec, ...asking),
      fields<Timings>({}, { ...timings, successThreshold }),
    )
    .map(([handler, times]): ProbeArgs => ({ ...handler, ...times }));
}

/** What happens before a container that such ports belong to is told to stop. */
export const preStop = (ports: readonly string[]): fc.Arbitrary<PreStopHandlerArgs> =>
  probe(ports, fc.constant(1)).map(({ exec, httpGet }) => {
    if (httpGet !== undefined) return { httpGet };
    return { exec: exec ?? { command: ["true"] } };
  });

/** Readiness probes, which may ask for several passes in a row. */
export const readinessProbe = (ports: readonly string[]) => probe(ports, count(1)).filter(isSoon);

/** Liveness probes, for which one pass is enough. */
export const livenessProbe = (ports: readonly string[]) => probe(ports, fc.constant(1));

/** Startup probes, which give up so soon that a rollout can wait for those of all containers. */
export const startupProbe = (ports: readonly string[]) =>
  livenessProbe(ports).filter((it) => startSeconds(it) < 100_000_000);
