import fc from "fast-check";
import {
  type ClusterIpArgs,
  IpFamily,
  type IpFamilyArgs,
  IpFamilyPolicy,
  SessionAffinity,
  type SessionAffinityArgs,
  TrafficDistribution,
  TrafficPolicy,
} from "../../../../components/index.ts";
import { fields, never, oneOf } from "./fields.ts";
import { whole } from "./numbers.ts";

const { IPv4, IPv6 } = IpFamily;
const { PreferDualStack, RequireDualStack } = IpFamilyPolicy;

/** The families of addresses of a Service in a cluster that has both. */
export const ipFamilies: fc.Arbitrary<IpFamilyArgs> = fc.oneof(
  fields<IpFamilyArgs>(
    {},
    {
      ipFamilyPolicy: oneOf(IpFamilyPolicy),
      ipFamilies: fc.constantFrom<IpFamily[][]>([], [IPv4], [IPv6]),
    },
  ),
  fc.record({
    ipFamilyPolicy: fc.constantFrom(PreferDualStack, RequireDualStack),
    ipFamilies: fc.constantFrom<IpFamily[][]>([IPv4, IPv6], [IPv6, IPv4]),
  }),
);

const none = fc.constant(SessionAffinity.None);

/** Whether a client keeps its Pod. */
export const sessionAffinity: fc.Arbitrary<SessionAffinityArgs> = fc.oneof(
  fields<SessionAffinityArgs>({}, { sessionAffinity: none, sessionAffinityTimeoutSeconds: never }),
  fields<SessionAffinityArgs & { sessionAffinity: SessionAffinity }>(
    { sessionAffinity: fc.constant(SessionAffinity.ClientIP) },
    { sessionAffinityTimeoutSeconds: whole(1, 86_400) },
  ),
);

type Proxied = Pick<ClusterIpArgs, "internalTrafficPolicy" | "trafficDistribution">;
type Unproxied = Pick<ClusterIpArgs, "headless" | "publishNotReadyAddresses">;
type Beside = Pick<ClusterIpArgs, "headlessPublishNotReadyAddresses" | "headlessServiceName">;

const proxied = fields<Proxied>(
  {},
  {
    internalTrafficPolicy: oneOf(TrafficPolicy),
    trafficDistribution: oneOf(TrafficDistribution),
  },
);

/** A headless Service beside the Backend's own. Nobody else has its name. */
const beside: fc.Arbitrary<Beside> = fc.oneof(
  fc.constant({}),
  fields<Beside & { headlessServiceName: string }>(
    { headlessServiceName: fc.constant("beside-the-others") },
    { headlessPublishNotReadyAddresses: fc.boolean() },
  ),
);

const unproxied = (headless: boolean) =>
  fields<Unproxied>(
    {},
    { headless: fc.constant(headless), publishNotReadyAddresses: fc.boolean() },
  ).map((made) => (headless ? { ...made, headless } : made));

/** What a Backend's own Service does; a headless one leaves it to the client. */
export const clusterIp = (headless: boolean): fc.Arbitrary<ClusterIpArgs> =>
  fc
    .tuple(
      unproxied(headless),
      ipFamilies,
      headless ? fc.constant({}) : sessionAffinity,
      headless ? fc.constant({}) : proxied,
      headless ? fc.constant({}) : beside,
    )
    .map((parts): ClusterIpArgs => Object.assign({}, ...parts));
