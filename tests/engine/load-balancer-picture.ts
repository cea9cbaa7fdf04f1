import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { core, loadBalancing, network } from "./rig.ts";
import { classic, ingressOf } from "./simulated-aws.ts";

/** A load balancer of the simulated AWS as tests state it: what has ids there is told by the port of the Service. */
export interface Picture {
  readonly kind: "network" | "classic";
  readonly name: string;
  readonly host: string;
  readonly scheme: string;
  readonly subnets: readonly string[];
  /** The reserved addresses, in the order of the subnets. */
  readonly addresses: readonly string[];
  readonly listeners: Readonly<Record<string, Listener>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may connect, by port. */
  readonly clients: Readonly<Record<string, readonly string[]>>;
  /** Its own security groups that the controller did not make. */
  readonly securityGroups: readonly string[];
  readonly instances: number;
}

interface Listener {
  readonly protocol: string;
  readonly certificate?: string | undefined;
  readonly policy?: string | undefined;
  readonly target: Readonly<Record<string, unknown>>;
}

const namespace = "default";

/** The load balancer of a Service, wherever it is; undefined where there is none. */
export async function pictureOf(service: string): Promise<Picture | undefined> {
  const { metadata, spec } = await core.readNamespacedService({ name: service, namespace });
  // https://github.com/kubernetes/cloud-provider/blob/master/cloud.go (DefaultLoadBalancerName)
  const name = `a${metadata?.uid?.replaceAll("-", "")}`.slice(0, 32);
  const nodePorts = new Map(spec?.ports?.map(({ nodePort, port }) => [nodePort, String(port)]));
  return (await networkPicture(name, nodePorts)) ?? (await classicPicture(name, nodePorts));
}

/** For which Services there are load balancers, by the tag that the controller gives each; one name a load balancer. */
export async function servedServices(): Promise<readonly string[]> {
  const { LoadBalancers: networks = [] } = await loadBalancing.describeLoadBalancers({});
  const ResourceArns = networks.map(({ LoadBalancerArn }) => String(LoadBalancerArn));
  const { TagDescriptions = [] } =
    ResourceArns.length === 0 ? {} : await loadBalancing.describeTags({ ResourceArns });
  const classics = await Promise.all(
    (await classicLoadBalancers()).map(({ LoadBalancerName: name }) => tagsOfClassic(name)),
  );
  const tags = [...TagDescriptions.map(({ Tags = [] }) => Tags), ...classics].flat();
  const names = tags.filter(({ Key }) => Key === "kubernetes.io/service-name");
  return names.map(({ Value }) => String(Value).replace(`${namespace}/`, "")).sort();
}

async function tagsOfClassic(name: string) {
  const { TagDescriptions } = await classic<{
    TagDescriptions: readonly { Tags: readonly { Key: string; Value: string }[] }[];
  }>("DescribeTags", { "LoadBalancerNames.member.1": name });
  return TagDescriptions.flatMap(({ Tags }) => Tags);
}

type NodePorts = ReadonlyMap<number | undefined, string>;

async function networkPicture(name: string, nodePorts: NodePorts): Promise<Picture | undefined> {
  const { LoadBalancers: all = [] } = await loadBalancing.describeLoadBalancers({});
  const found = all.find(({ LoadBalancerName }) => LoadBalancerName === name);
  if (found === undefined) return undefined;
  const LoadBalancerArn = String(found.LoadBalancerArn);
  const [{ Listeners = [] }, { TargetGroups = [] }, { Attributes = [] }, { TagDescriptions = [] }] =
    await Promise.all([
      loadBalancing.describeListeners({ LoadBalancerArn }),
      loadBalancing.describeTargetGroups({ LoadBalancerArn }),
      loadBalancing.describeLoadBalancerAttributes({ LoadBalancerArn }),
      loadBalancing.describeTags({ ResourceArns: [LoadBalancerArn] }),
    ]);
  const groups = new Map(TargetGroups.map((it) => [it.TargetGroupArn, it]));
  const zones = [...(found.AvailabilityZones ?? [])];
  const listeners = await Promise.all(
    Listeners.map(async ({ Certificates, DefaultActions, Port, Protocol, SslPolicy }) => {
      const group = groups.get(DefaultActions?.[0]?.TargetGroupArn);
      const certificate = Certificates?.[0]?.CertificateArn;
      const target = group === undefined ? {} : await targetPicture(group, nodePorts);
      return [String(Port), { protocol: Protocol, certificate, policy: SslPolicy, target }];
    }),
  );
  return {
    kind: "network",
    name,
    host: String(found.DNSName),
    scheme: String(found.Scheme),
    subnets: zones.map(({ SubnetId }) => String(SubnetId)),
    addresses: zones.flatMap(({ LoadBalancerAddresses: addresses = [] }) =>
      addresses.flatMap((it) => it.AllocationId ?? it.PrivateIPv4Address ?? []),
    ),
    listeners: Object.fromEntries(listeners),
    attributes: Object.fromEntries(Attributes.map(({ Key, Value }) => [Key, Value])),
    tags: Object.fromEntries(
      TagDescriptions.flatMap(({ Tags = [] }) => Tags.map(({ Key, Value }) => [Key, Value])),
    ),
    clients: await clientsAtNodes(name, nodePorts),
    securityGroups: found.SecurityGroups ?? [],
    instances: network().instances.length,
  };
}

async function targetPicture(group: TargetGroup, nodePorts: NodePorts) {
  const TargetGroupArn = String(group.TargetGroupArn);
  const [{ Attributes = [] }, { TargetHealthDescriptions: targets = [] }] = await Promise.all([
    loadBalancing.describeTargetGroupAttributes({ TargetGroupArn }),
    loadBalancing.describeTargetHealth({ TargetGroupArn }),
  ]);
  return {
    protocol: group.Protocol,
    type: group.TargetType,
    port: nodePorts.get(group.Port),
    instances: targets.length,
    check: group.HealthCheckProtocol,
    checkPort: group.HealthCheckPort,
    path: group.HealthCheckPath,
    interval: group.HealthCheckIntervalSeconds,
    timeout: group.HealthCheckTimeoutSeconds,
    healthy: group.HealthyThresholdCount,
    unhealthy: group.UnhealthyThresholdCount,
    attributes: Object.fromEntries(Attributes.map(({ Key, Value }) => [Key, Value])),
  };
}

/** A Network Load Balancer's clients are let in where the nodes are. */
async function clientsAtNodes(name: string, nodePorts: NodePorts) {
  const clients: Record<string, string[]> = {};
  for (const { FromPort, IpRanges = [] } of await ingressOf(network().securityGroupId)) {
    const ranges = IpRanges.filter(
      (it) => it.Description === `kubernetes.io/rule/nlb/client=${name}`,
    );
    const port = nodePorts.get(FromPort);
    if (port !== undefined && ranges.length > 0) {
      clients[port] = ranges.map(({ CidrIp }) => String(CidrIp)).sort();
    }
  }
  return clients;
}

/** The answers of the API of Classic Load Balancers, as far as tests look. */
interface ClassicLoadBalancer {
  readonly LoadBalancerName: string;
  readonly DNSName: string;
  readonly Scheme: string;
  readonly Subnets: readonly string[];
  readonly SecurityGroups: readonly string[];
  readonly Instances: readonly unknown[];
  readonly HealthCheck: Readonly<Record<string, unknown>>;
  readonly ListenerDescriptions: readonly {
    readonly PolicyNames: readonly string[];
    readonly Listener: Readonly<Record<string, string | number>>;
  }[];
  readonly BackendServerDescriptions: readonly {
    readonly InstancePort: number;
    readonly PolicyNames: readonly string[];
  }[];
}

/** Every Classic Load Balancer there is. */
export async function classicLoadBalancers(): Promise<readonly ClassicLoadBalancer[]> {
  const { LoadBalancerDescriptions: all } = await classic<{
    LoadBalancerDescriptions: readonly ClassicLoadBalancer[];
  }>("DescribeLoadBalancers");
  return all;
}

async function classicPicture(name: string, nodePorts: NodePorts): Promise<Picture | undefined> {
  const all = await classicLoadBalancers();
  const found = all.find(({ LoadBalancerName }) => LoadBalancerName === name);
  if (found === undefined) return undefined;
  const named = { LoadBalancerName: name };
  const { LoadBalancerAttributes: attributes } = await classic<{
    LoadBalancerAttributes: Readonly<Record<string, unknown>>;
  }>("DescribeLoadBalancerAttributes", named);
  const behind = new Map(
    found.BackendServerDescriptions.map((it) => [it.InstancePort, it.PolicyNames[0]]),
  );
  const listeners = found.ListenerDescriptions.map(({ Listener: it, PolicyNames }) => [
    String(it["LoadBalancerPort"]),
    {
      protocol: it["Protocol"],
      certificate: it["SSLCertificateId"],
      policy: PolicyNames[0],
      target: {
        protocol: it["InstanceProtocol"],
        port: nodePorts.get(Number(it["InstancePort"])),
        policy: behind.get(Number(it["InstancePort"])),
        ...healthCheck(found, nodePorts),
      },
    },
  ]);
  return {
    kind: "classic",
    name,
    host: found.DNSName,
    scheme: found.Scheme,
    // They have no order; in that of the network.
    subnets: network().subnetIds.filter((id) => found.Subnets.includes(id)),
    addresses: [],
    listeners: Object.fromEntries(listeners),
    attributes,
    tags: Object.fromEntries((await tagsOfClassic(name)).map(({ Key, Value }) => [Key, Value])),
    clients: await clientsAtGroups(found.SecurityGroups),
    securityGroups: found.SecurityGroups,
    instances: found.Instances.length,
  };
}

function healthCheck({ HealthCheck: it }: ClassicLoadBalancer, nodePorts: NodePorts) {
  const [check, port = "", path] = String(it["Target"]).split(/:(\d+)/);
  return {
    check,
    checkPort: nodePorts.get(Number(port)) ?? port,
    path: path === "" ? undefined : path,
    interval: it["Interval"],
    timeout: it["Timeout"],
    healthy: it["HealthyThreshold"],
    unhealthy: it["UnhealthyThreshold"],
  };
}

/** A Classic Load Balancer's clients are let in where it is. */
async function clientsAtGroups(groupIds: readonly string[]) {
  const rules = (await Promise.all(groupIds.map(ingressOf))).flat();
  return Object.fromEntries(
    rules
      .filter(({ IpProtocol }) => IpProtocol === "tcp")
      .map(({ FromPort, IpRanges = [] }) => [
        String(FromPort),
        IpRanges.map(({ CidrIp }) => String(CidrIp)).sort(),
      ]),
  );
}
