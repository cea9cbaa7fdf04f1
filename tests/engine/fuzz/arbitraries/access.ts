import fc from "fast-check";
import type {
  BackendPortArgs,
  CallerArgs,
  NetworkPolicyArgs,
} from "../../../../components/index.ts";
import { ranges } from "./cidrs.ts";
import { fields, never, textsBy } from "./fields.ts";
import { dnsLabel, labelValue, qualifiedName } from "./texts.ts";

function caller(ports: readonly BackendPortArgs[]): fc.Arbitrary<CallerArgs> {
  const names = ports.map(({ name }) => name);
  const named = fc.subarray(names, { minLength: 1 });
  const peer = fields<Omit<CallerArgs, "ports">>(
    {},
    { namespace: dnsLabel, podLabels: textsBy(qualifiedName, labelValue) },
  );
  // Without a Service there are no ports that could be meant.
  const open = ports.some(({ port }) => port !== undefined)
    ? fields<Pick<CallerArgs, "ports">>({}, { ports: named })
    : fc.record({ ports: named });
  return fc.tuple(peer, open).map(([one, other]) => ({ ...one, ...other }));
}

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
        },
      ),
    },
    {
      weight: 1,
      arbitrary: fields<NetworkPolicyArgs & { closeEgress: boolean }>(
        { closeEgress: fc.constant(true) },
        { networkPolicy: fc.constant(true), allowedCallers: never, dnsServerRanges: ranges },
      ),
    },
    {
      weight: 1,
      arbitrary: fields<NetworkPolicyArgs & { networkPolicy: boolean }>(
        { networkPolicy: fc.constant(false) },
        { allowedCallers: never, closeEgress: fc.constant(false), dnsServerRanges: never },
      ),
    },
  );
