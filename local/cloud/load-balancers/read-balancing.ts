import { isIP } from "node:net";
import {
  type TargetGroup as AwsTargetGroup,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  DescribeTargetGroupAttributesCommand as ReadAttributes,
  DescribeTargetHealthCommand as ReadTargets,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Balancer, Balancing, Listener, TargetGroup } from "./balancing.ts";

/** Reads the network load balancers and the target groups they use; addresses are those of the instances by their id. */
export async function readBalancing(
  client: ElasticLoadBalancingV2Client,
  addresses: Readonly<Record<string, string>>,
): Promise<Balancing> {
  const found: LoadBalancer[] = [];
  for await (const page of paginateDescribeLoadBalancers({ client }, {})) {
    found.push(...(page.LoadBalancers ?? []).filter(({ Type }) => Type === "network"));
  }
  const balancers = await Promise.all(found.map((balancer) => readBalancer(client, balancer)));
  const used = new Set(balancers.flatMap(({ listeners }) => listeners.map((it) => it.groupArn)));
  const groups: AwsTargetGroup[] = [];
  if (used.size > 0) {
    for await (const page of paginateDescribeTargetGroups({ client }, {})) {
      groups.push(...(page.TargetGroups ?? []).filter((it) => used.has(it.TargetGroupArn)));
    }
  }
  return {
    balancers,
    groups: await Promise.all(groups.map((group) => readGroup(client, group, addresses))),
  };
}

async function readBalancer(
  client: ElasticLoadBalancingV2Client,
  balancer: LoadBalancer,
): Promise<Balancer> {
  const arn = balancer.LoadBalancerArn ?? "";
  const listeners: Listener[] = [];
  for await (const page of paginateDescribeListeners({ client }, { LoadBalancerArn: arn })) {
    for (const { Port, Protocol, DefaultActions } of page.Listeners ?? []) {
      const action = DefaultActions?.[0];
      const weighted = action?.ForwardConfig?.TargetGroups?.[0];
      const groupArn = action?.TargetGroupArn ?? weighted?.TargetGroupArn;
      listeners.push({ port: Port ?? 0, protocol: Protocol ?? "", groupArn });
    }
  }
  return {
    arn,
    name: balancer.LoadBalancerName ?? "",
    dnsName: balancer.DNSName ?? "",
    scheme: balancer.Scheme ?? "",
    securityGroups: balancer.SecurityGroups ?? [],
    subnetIds: (balancer.AvailabilityZones ?? []).map(({ SubnetId = "" }) => SubnetId),
    listeners,
  };
}

// What AWS fills in where nothing was said: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
async function readGroup(
  client: ElasticLoadBalancingV2Client,
  group: AwsTargetGroup,
  addresses: Readonly<Record<string, string>>,
): Promise<TargetGroup> {
  const arn = group.TargetGroupArn ?? "";
  const [{ Attributes }, { TargetHealthDescriptions }] = await Promise.all([
    client.send(new ReadAttributes({ TargetGroupArn: arn })),
    client.send(new ReadTargets({ TargetGroupArn: arn })),
  ]);
  const targets = (TargetHealthDescriptions ?? []).map(({ Target }) => {
    const id = Target?.Id ?? "";
    const address = isIP(id) ? id : addresses[id];
    return { id, port: Target?.Port ?? group.Port ?? 0, address };
  });
  return {
    arn,
    name: group.TargetGroupName ?? "",
    attributes: Object.fromEntries((Attributes ?? []).map((it) => [it.Key, it.Value])),
    healthCheck: {
      protocol: group.HealthCheckProtocol ?? "TCP",
      port: group.HealthCheckPort ?? "traffic-port",
      path: group.HealthCheckPath ?? "/",
      successCodes: group.Matcher?.HttpCode ?? "200-399",
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 10,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
    targets,
  };
}
