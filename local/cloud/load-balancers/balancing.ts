/** What the simulated AWS knows of its network load balancers: what their data plane is made from. */
export interface Balancing {
  readonly balancers: readonly Balancer[];
  readonly groups: readonly TargetGroup[];
}

/** One network load balancer. */
export interface Balancer {
  readonly arn: string;
  readonly name: string;
  /** The name that clients look up. */
  readonly dnsName: string;
  /** `internet-facing` or `internal`. */
  readonly scheme: string;
  /** Ids of its security groups; without any, those of its targets alone decide. */
  readonly securityGroups: readonly string[];
  /** Ids of its subnets. */
  readonly subnetIds: readonly string[];
  readonly listeners: readonly Listener[];
}

/** One port of a load balancer. */
export interface Listener {
  readonly port: number;
  /** `TCP`, `TLS`, `UDP` or `TCP_UDP`. */
  readonly protocol: string;
  /** ARN of the target group it forwards to; `undefined` where it does something else. */
  readonly groupArn: string | undefined;
}

/** Targets that are checked the same way. */
export interface TargetGroup {
  readonly arn: string;
  /** Unique in the region. */
  readonly name: string;
  /** Attributes in AWS's words, such as `deregistration_delay.timeout_seconds`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly healthCheck: HealthCheck;
  readonly targets: readonly Target[];
}

/** How a load balancer finds out which targets work. */
export interface HealthCheck {
  /** `TCP`, `HTTP` or `HTTPS`. */
  readonly protocol: string;
  /** A port's number, or `traffic-port`. */
  readonly port: string;
  readonly path: string;
  /** Status codes that pass, such as `200-399`. */
  readonly successCodes: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** One receiver of connections. */
export interface Target {
  /** Id of an instance, or an IP address. */
  readonly id: string;
  readonly port: number;
  /** Its IP address; `undefined` where nobody knows that instance. */
  readonly address: string | undefined;
}

/** Whether an attribute that is `true` or `false` is on. */
export const isOn = (group: TargetGroup, attribute: string): boolean =>
  group.attributes[attribute] === "true";

/** Whether connections can be carried: TLS would need a certificate, and UDP is not spoken here. */
export const isCarried = ({ protocol }: Listener): boolean =>
  protocol === "TCP" || protocol === "TCP_UDP";
