import fc from "fast-check";
import {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  type LoadBalancerController,
  type LoadBalancerServiceArgs,
  TargetType,
  ZonalDns,
} from "../../../../components/index.ts";
import { oneOf, sometimes, textsBy, withoutAbsent } from "./fields.ts";
import { whole } from "./numbers.ts";
import { objectName } from "./texts.ts";

/** Arguments of a load balancer, some of them. */
export type Asked = Partial<LoadBalancerServiceArgs>;
type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** What is known of a load balancer before it is asked for more. */
export interface Situation {
  readonly isPublic: boolean;
  /** Whether nodes say themselves whether they have a ready Pod. */
  readonly isLocal: boolean;
  /** The names of its ports, if TLS can end there. */
  readonly tcpPorts: readonly string[];
  readonly hasTwoFamilies: boolean;
}

/** Objects with most of these fields. */
const most = (all: Arbitraries): fc.Arbitrary<Asked> =>
  fc
    .record(Object.fromEntries(Object.entries(all).map(([key, value]) => [key, sometimes(value)])))
    .map((made) => withoutAbsent(made) as Asked);

const all = (...parts: fc.Arbitrary<Asked>[]): fc.Arbitrary<Asked> =>
  fc.tuple(...parts).map((drawn) => Object.assign({}, ...drawn));

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/).filter((it) => it !== "internal-");
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const octet = whole(1, 254);
const ip = fc.tuple(octet, octet).map(([one, other]) => `10.0.${one}.${other}`);
const tags = textsBy(word, word);
const arn = word.map((it) => `arn:aws:acm:eu-central-1:111122223333:certificate/${it}`);
const path = word.map((it) => `/${it}`);

/** Checks by TCP, or of a path. */
const question: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({ healthCheckProtocol: fc.constant(HealthCheckProtocol.Tcp) }),
  fc.record({ healthCheckPath: path }),
  fc.record({
    healthCheckProtocol: fc.constantFrom(HealthCheckProtocol.Http, HealthCheckProtocol.Https),
    healthCheckPath: path,
  }),
);
const nothing: fc.Arbitrary<Asked> = fc.constant({});

/** Checks of one TCP port for all. */
const checkedPort = ({ tcpPorts }: Situation) =>
  tcpPorts.length === 0 ? nothing : most({ healthCheckPort: fc.constantFrom(...tcpPorts) });

const awsChecks = ({ isLocal }: Situation) =>
  all(
    isLocal ? nothing : question,
    most({
      healthCheckIntervalSeconds: whole(61, 300),
      healthCheckHealthyThreshold: whole(2, 10),
      healthCheckUnhealthyThreshold: whole(2, 10),
    }),
    most({ healthCheckTimeoutSeconds: whole(2, 9) }),
  );

/** The AWS cloud controller has one threshold and no time for the checks of a Network Load Balancer. */
const cloudControllerNlbChecks = ({ isLocal }: Situation) =>
  all(
    isLocal ? nothing : question,
    most({ healthCheckIntervalSeconds: whole(61, 300) }),
    fc.oneof(
      nothing,
      whole(2, 10).map((threshold) => ({
        healthCheckHealthyThreshold: threshold,
        healthCheckUnhealthyThreshold: threshold,
      })),
    ),
  );

/** Each address belongs to a subnet. */
const awsPlaces = ({ isPublic }: Situation) =>
  fc
    .array(fc.tuple(isPublic ? word.map((it) => `eipalloc-${it}`) : ip, word), {
      minLength: 1,
      maxLength: 3,
    })
    .map((places) => ({
      staticAddresses: places.map(([address]) => address),
      subnets: places.map(([, subnet]) => subnet),
    }));

const tls = (
  { tcpPorts }: Situation,
  certificates: fc.Arbitrary<string[]>,
  more: Arbitraries = {},
  otherwise: Arbitraries = {},
): fc.Arbitrary<Asked> =>
  tcpPorts.length === 0
    ? most(otherwise)
    : fc.oneof(
        {
          weight: 4,
          arbitrary: all(
            fc.record({ certificates, tlsPorts: fc.subarray([...tcpPorts], { minLength: 1 }) }),
            most(more),
          ),
        },
        { weight: 1, arbitrary: most(otherwise) },
      );

const logs: Arbitraries = { accessLogsBucket: word };
const withPrefix = (asked: fc.Arbitrary<Asked>) =>
  fc
    .tuple(asked, sometimes(word))
    .map(([it, accessLogsPrefix]) =>
      it.accessLogsBucket === undefined
        ? it
        : (withoutAbsent({ ...it, accessLogsPrefix }) as Asked),
    );
const passedOn = fc.constantFrom(BackendProtocol.Tcp, BackendProtocol.Tls);

const network = (situation: Situation) =>
  all(
    withPrefix(
      tls(
        situation,
        fc.array(arn, { minLength: 1, maxLength: 3 }),
        { ...logs, tlsPolicy: word, alpnPolicy: oneOf(AlpnPolicy), backendProtocol: passedOn },
        situation.tcpPorts.length > 0 ? { idleTimeoutSeconds: whole(60, 6000) } : {},
      ),
    ),
    fc.oneof(nothing, awsPlaces(situation)),
    awsChecks(situation),
    situation.isLocal ? nothing : checkedPort(situation),
    most({
      loadBalancerName: word,
      tags,
      targetType: situation.isLocal ? fc.constant(TargetType.Instance) : oneOf(TargetType),
      proxyProtocol: fc.boolean(),
      crossZone: fc.boolean(),
      zonalDns: oneOf(ZonalDns),
      deletionProtection: fc.boolean(),
      loadBalancerAttributes: fc.record({ "zonal_shift.config.enabled": fc.constant("true") }),
      targetGroupAttributes: fc.record({ "stickiness.enabled": fc.constant("true") }),
    }),
    // Of datagrams the client's address is always kept.
    fc.record({
      preserveClientIp: situation.tcpPorts.length > 0 ? fc.boolean() : fc.constant(true),
    }),
  );

const cloudController = (_situation: Situation) => most({ tags, crossZone: fc.boolean() });
/** Names of Google Cloud's resources. */
const resourceName = fc.oneof(word, fc.constantFrom("a", "front-1", "a".repeat(63)));

const named = ({ hasTwoFamilies }: Situation) =>
  fc.array(resourceName, { minLength: 1, maxLength: hasTwoFamilies ? 2 : 1 });

/** What each controller can be asked for. */
export const intents: Readonly<
  Record<Exclude<LoadBalancerController, "None">, (situation: Situation) => fc.Arbitrary<Asked>>
> = {
  AwsLoadBalancerController: network,
  EksAutoMode: (situation) =>
    network(situation).map((asked) =>
      situation.isLocal ? { ...asked, targetType: TargetType.Instance } : asked,
    ),
  AwsCloudControllerNlb: (situation) =>
    all(
      withPrefix(
        tls(situation, fc.tuple(arn), { ...logs, tlsPolicy: word, backendProtocol: passedOn }),
      ),
      fc.oneof(nothing, awsPlaces(situation)),
      cloudControllerNlbChecks(situation),
      cloudController(situation),
      most({ proxyProtocol: fc.boolean(), targetType: fc.constant(TargetType.Instance) }),
    ),
  AwsCloudControllerClassic: (situation) =>
    all(
      withPrefix(most(logs)),
      tls(situation, fc.tuple(arn), {
        tlsPolicy: word,
        backendProtocol: oneOf(BackendProtocol),
      }).map((asked) =>
        asked.backendProtocol === BackendProtocol.Http
          ? { ...asked, tlsPorts: [...situation.tcpPorts] }
          : asked,
      ),
      awsChecks(situation),
      cloudController(situation),
      most({ subnets: words, proxyProtocol: fc.boolean(), idleTimeoutSeconds: whole(1, 4000) }),
    ),
  GoogleCloud: (situation) =>
    most({ staticAddresses: named(situation), subnets: fc.tuple(resourceName) }),
  Azure: (situation) =>
    all(
      situation.isLocal
        ? nothing
        : all(
            question,
            checkedPort(situation),
            most({
              healthCheckIntervalSeconds: whole(5, 11),
              healthCheckUnhealthyThreshold: whole(2, 10),
            }),
          ),
      most({ idleTimeoutSeconds: whole(4, 100).map((minutes) => minutes * 60) }),
      situation.isPublic
        ? most({ tags, staticAddresses: fc.tuple(word) })
        : most({ subnets: fc.tuple(word), staticAddresses: fc.tuple(ip) }),
    ),
  DigitalOcean: (situation) =>
    all(
      tls(situation, fc.tuple(word), {
        idleTimeoutSeconds: whole(30, 600),
        backendProtocol: fc.constant(BackendProtocol.Http),
      }),
      situation.tcpPorts.length > 0 ? question : nothing,
      checkedPort(situation),
      most({
        loadBalancerName: word,
        proxyProtocol: fc.boolean(),
        healthCheckIntervalSeconds: whole(3, 300),
        healthCheckTimeoutSeconds: whole(3, 300),
        healthCheckHealthyThreshold: whole(2, 10),
        healthCheckUnhealthyThreshold: whole(2, 10),
      }),
    ),
  HetznerCloud: (situation) =>
    all(
      fc.record({ location: fc.constantFrom("fsn1", "nbg1") }),
      tls(situation, words, { idleTimeoutSeconds: whole(30, 300) }).map((asked) =>
        asked.certificates === undefined ? asked : { ...asked, tlsPorts: [...situation.tcpPorts] },
      ),
      question,
      most({
        loadBalancerName: word,
        subnets: fc.tuple(word),
        proxyProtocol: fc.boolean(),
        healthCheckIntervalSeconds: whole(3, 60),
        healthCheckTimeoutSeconds: whole(1, 60),
        healthCheckUnhealthyThreshold: whole(1, 5),
      }),
    ),
  Linode: (situation) =>
    all(
      tls(situation, fc.tuple(word), { backendProtocol: fc.constant(BackendProtocol.Http) }),
      fc.oneof(
        fc.record({ healthCheckProtocol: fc.constant(HealthCheckProtocol.Tcp) }),
        fc.record({ healthCheckPath: path }),
      ),
      most({
        healthCheckIntervalSeconds: whole(31, 100),
        healthCheckUnhealthyThreshold: whole(1, 30),
        ...(situation.tcpPorts.length > 0 ? { proxyProtocol: fc.boolean() } : {}),
      }),
      most({ healthCheckTimeoutSeconds: whole(1, 9) }),
      situation.isPublic
        ? most({ staticAddresses: fc.tuple(ip) })
        : fc.record({ subnets: fc.constant(["1234"]) }),
    ),
  Scaleway: (situation) =>
    all(
      tls(situation, fc.array(fc.uuid(), { minLength: 1, maxLength: 3 }), {
        backendProtocol: fc.constantFrom(BackendProtocol.Http, BackendProtocol.Https),
        tlsPolicy: fc.constantFrom("modern", "old").map((it) => `ssl_compatibility_level_${it}`),
      }),
      question,
      most({
        location: fc.constantFrom("fr-par-1", "nl-ams-3"),
        proxyProtocol: fc.boolean(),
        idleTimeoutSeconds: whole(1, 3600),
        healthCheckIntervalSeconds: whole(1, 60),
        healthCheckTimeoutSeconds: whole(1, 60),
        healthCheckUnhealthyThreshold: whole(1, 10),
        ...(situation.isPublic
          ? {
              staticAddresses: situation.hasTwoFamilies
                ? fc.tuple(fc.uuid(), fc.uuid())
                : fc.tuple(fc.uuid()),
            }
          : {}),
      }),
    ),
  OracleCloud: ({ isLocal }) =>
    most({
      subnets: fc.tuple(word),
      proxyProtocol: fc.boolean(),
      healthCheckIntervalSeconds: whole(10, 100),
      healthCheckTimeoutSeconds: whole(1, 9),
      healthCheckUnhealthyThreshold: whole(1, 10),
      ...(isLocal ? { preserveClientIp: fc.boolean() } : {}),
    }),
  MetalLb: ({ hasTwoFamilies }) =>
    fc.oneof(fc.record({ addressPool: objectName }), {
      weight: 4,
      arbitrary: fc.record({
        addressPool: objectName,
        staticAddresses: hasTwoFamilies ? fc.tuple(ip, fc.constant("fd00::7")) : fc.tuple(ip),
        sharedAddressKey: word,
      }),
    }),
  K3sServiceLb: () => nothing,
  Other: () => nothing,
};
