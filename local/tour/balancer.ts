import { AWS_REGION, awsReadAccess } from "../cloud/simulated-aws.ts";
import { readPorts } from "../cluster/ports.ts";
import { UserError } from "../errors.ts";
import type { World } from "./world.ts";

/** A load balancer as the simulated AWS tells it. */
export interface SeenBalancer {
  readonly type: string;
  readonly dnsName: string;
  /** Port that it listens on, and the port of its targets. */
  readonly listeners: readonly { readonly port: number; readonly targetPort: number }[];
  /** Ids of the machines that it leads to, sorted. */
  readonly targets: readonly string[];
}

/** What is not as wanted. */
export function balancerProblems(
  { listeners, targets, type }: Omit<SeenBalancer, "dnsName">,
  wanted: Pick<SeenBalancer, "listeners" | "targets">,
): string[] {
  const problems: string[] = [];
  if (type !== "network") problems.push(`it was to be a network load balancer, and is ${type}`);
  const [was, wish] = [inWords(listeners), inWords(wanted.listeners)];
  if (was !== wish) problems.push(`it was to lead ${wish}, and leads ${was}`);
  if (targets.join() !== wanted.targets.join()) {
    const [to, wished] = [targets.join(", "), wanted.targets.join(", ")];
    problems.push(`it was to lead to ${wished}, and leads to ${to}`);
  }
  return problems;
}

const inWords = (listeners: SeenBalancer["listeners"]): string =>
  listeners.map(({ port, targetPort }) => `${port} to ${targetPort}`).join(", ");

/** Finds the load balancer of a name; `undefined` where AWS has none. */
export async function balancerInAws(
  { paths }: World,
  dnsName: string,
): Promise<SeenBalancer | undefined> {
  const port = readPorts(paths.run).aws;
  if (port === undefined) throw new UserError("The simulated AWS does not run; run npm start");
  const access = awsReadAccess(paths, port);
  const { ElasticLoadBalancingV2 } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const aws = new ElasticLoadBalancingV2({
    region: AWS_REGION,
    endpoint: access.endpoint,
    credentials: access,
  });
  const { LoadBalancers = [] } = await aws.describeLoadBalancers({});
  const found = LoadBalancers.find(({ DNSName }) => DNSName === dnsName);
  if (found === undefined) return undefined;
  const LoadBalancerArn = found.LoadBalancerArn;
  const { Listeners = [] } = await aws.describeListeners({ LoadBalancerArn });
  const { TargetGroups = [] } = await aws.describeTargetGroups({ LoadBalancerArn });
  const targets = new Set<string>();
  for (const { TargetGroupArn } of TargetGroups) {
    const { TargetHealthDescriptions = [] } = await aws.describeTargetHealth({ TargetGroupArn });
    for (const { Target } of TargetHealthDescriptions) targets.add(Target?.Id ?? "");
  }
  const listeners = Listeners.map(({ DefaultActions, Port = 0 }) => {
    const group = TargetGroups.find(
      ({ TargetGroupArn }) => TargetGroupArn === DefaultActions?.[0]?.TargetGroupArn,
    );
    return { port: Port, targetPort: group?.Port ?? 0 };
  });
  return { type: found.Type ?? "", dnsName, listeners, targets: [...targets].sort() };
}
