import fc from "fast-check";
import {
  type BackendPortArgs,
  type CallerArgs,
  type EgressArgs,
  type EgressPortArgs,
  type NetworkPolicyArgs,
  Protocol,
} from "../../../../components/index.ts";
import { ranges } from "./cidrs.ts";
import { fields, never, oneOf, textsBy } from "./fields.ts";
import { portNumber } from "./numbers.ts";
import { dnsLabel, labelValue, qualifiedName } from "./texts.ts";

function caller(ports: readonly BackendPortArgs[]): fc.Arbitrary<CallerArgs> {
  const names = ports.map(({ name }) => name);
  const named = fc.subarray(names, { minLength: 1 });
  const labels = textsBy(qualifiedName, labelValue);
  const ofPods = {
    podLabels: labels,
    namespace: never,
    namespaceLabels: never,
    anyNamespace: never,
    ranges: never,
  };
  const peer = fc.oneof(
    fields<Omit<CallerArgs, "ports">>({}, { ...ofPods, namespace: dnsLabel }),
    fields<Omit<CallerArgs, "ports">>(
      {},
      { ...ofPods, namespaceLabels: labels.filter((it) => Object.keys(it).length > 0) },
    ),
    fields<Omit<CallerArgs, "ports">>({}, { ...ofPods, anyNamespace: fc.constant(true) }),
    fc.record({ ranges }),
  );
  // Without a Service there are no ports that could be meant.
  const open = ports.some(({ port }) => port !== undefined)
    ? fields<Pick<CallerArgs, "ports">>({}, { ports: named })
    : fc.record({ ports: named });
  return fc.tuple(peer, open).map(([one, other]) => ({ ...one, ...other }));
}

const egressPort = fields<EgressPortArgs>(
  { port: portNumber },
  { protocol: oneOf(Protocol), endPort: portNumber },
).map(({ endPort, port, ...rest }) => ({
  port: Math.min(port, endPort ?? port),
  ...(endPort === undefined ? {} : { endPort: Math.max(port, endPort) }),
  ...rest,
}));

const allowedEgress = fc.array(
  fields<EgressArgs>({ ranges }, { ports: fc.array(egressPort, { maxLength: 3 }) }),
  { maxLength: 3 },
);

/** Who may connect to Pods that have the given ports. */
export const access = (ports: readonly BackendPortArgs[]): fc.Arbitrary<NetworkPolicyArgs> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fields<NetworkPolicyArgs>(
        {},
        {
          networkPolicy: fc.constant(true),
          allowedCallers: fc.array(caller(ports), { maxLength: 3 }),
          closeEgress: fc.boolean(),
          dnsServerRanges: never,
          allowedEgress: never,
        },
      ),
    },
    {
      weight: 3,
      arbitrary: fields<NetworkPolicyArgs & { closeEgress: boolean }>(
        { closeEgress: fc.constant(true) },
        {
          networkPolicy: fc.constant(true),
          allowedCallers: never,
          dnsServerRanges: ranges,
          allowedEgress,
        },
      ),
    },
    {
      weight: 1,
      arbitrary: fields<NetworkPolicyArgs & { networkPolicy: boolean }>(
        { networkPolicy: fc.constant(false) },
        {
          allowedCallers: never,
          closeEgress: fc.constant(false),
          dnsServerRanges: never,
          allowedEgress: never,
        },
      ),
    },
  );
