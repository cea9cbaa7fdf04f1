import type { Update } from "./table.ts";

const ATTRIBUTES = "service.beta.kubernetes.io/aws-load-balancer-attributes";
const TARGET_GROUP_ATTRIBUTES =
  "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes";
const LISTENER_ATTRIBUTES_TCP_80 =
  "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80";
const LISTENER_ATTRIBUTES_UDP_80 =
  "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.UDP-80";
const LISTENER_ATTRIBUTES_TCP_UDP_80 =
  "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP_UDP-80";
const SSL_PORTS = "service.beta.kubernetes.io/aws-load-balancer-ssl-ports";
const SUBNETS = "service.beta.kubernetes.io/aws-load-balancer-subnets";
const TARGETS = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
const ONE = [{ port: 80, protocol: "TCP", nodePort: 30080 }];
const TOGETHER = [...ONE, { port: 80, protocol: "UDP", nodePort: 30080 }];
const APART = [...ONE, { port: 80, protocol: "UDP", nodePort: 30081 }];
/** Both protocols, with node ports that the API server chooses. */
const UNSTATED = TOGETHER.map(({ port, protocol }) => ({ port, protocol }));
const MUST_STAY =
  "must be set: the cloud would otherwise keep the value of the last update; set the value that it should have";
const LOGS = "access_logs.s3.enabled=true,access_logs.s3.bucket=logs";
const IDLE = "tcp.idle_timeout.seconds=90";

/** What the AWS Load Balancer Controller, and EKS Auto Mode, which grew from it, cannot take back. */
export const networkLoadBalancerUpdates = (name: string): readonly Update[] => {
  const ONE_NODE_PORT = `must have one node port for both protocols: ${name} would otherwise use only one of them; replace the Service by pulumi up with --replace and its URN`;
  return [
    {
      when: "attributes of the load balancer are no longer written",
      before: {
        annotations: {
          [ATTRIBUTES]:
            "zonal_shift.config.enabled=true,ipv6.deny_all_igw_traffic=true,load_balancing.cross_zone.enabled=true,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=true",
        },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: { [ATTRIBUTES]: "ipv6.deny_all_igw_traffic=false" },
        ports: [{ port: 80 }],
      },
      refused: [
        `args.loadBalancerAttributes["zonal_shift.config.enabled"] ${MUST_STAY}`,
        `args.crossZone ${MUST_STAY}`,
        `args.zonalDns ${MUST_STAY}`,
        `args.deletionProtection ${MUST_STAY}`,
      ],
    },
    {
      when: "there are no attributes any longer",
      before: {
        annotations: { [ATTRIBUTES]: "zonal_shift.config.enabled=true," },
        ports: [{ port: 80 }],
      },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [`args.loadBalancerAttributes["zonal_shift.config.enabled"] ${MUST_STAY}`],
    },
    {
      when: "all attributes are written as empty",
      before: {
        annotations: { [ATTRIBUTES]: "zonal_shift.config.enabled=true," },
        ports: [{ port: 80 }],
      },
      after: { annotations: { [ATTRIBUTES]: "" }, ports: [{ port: 80 }] },
      refused: [`args.loadBalancerAttributes["zonal_shift.config.enabled"] ${MUST_STAY}`],
    },
    {
      when: "an attribute of the target groups is no longer written",
      before: {
        annotations: { [TARGET_GROUP_ATTRIBUTES]: "stickiness.enabled=true" },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: { [TARGET_GROUP_ATTRIBUTES]: "stickiness.type=source_ip" },
        ports: [{ port: 80 }],
      },
      refused: [`args.targetGroupAttributes["stickiness.enabled"] ${MUST_STAY}`],
    },
    {
      when: "logs go on but no longer to a folder",
      before: {
        annotations: { [ATTRIBUTES]: `${LOGS},access_logs.s3.prefix=front` },
        ports: [{ port: 80 }],
      },
      after: { annotations: { [ATTRIBUTES]: LOGS }, ports: [{ port: 80 }] },
      refused: [`args.accessLogsPrefix ${MUST_STAY}`],
    },
    {
      when: "logs go on but no longer to a bucket",
      before: { annotations: { [ATTRIBUTES]: LOGS }, ports: [{ port: 80 }] },
      after: {
        annotations: { [ATTRIBUTES]: "access_logs.s3.enabled=true" },
        ports: [{ port: 80 }],
      },
      refused: [`args.accessLogsBucket ${MUST_STAY}`],
    },
    {
      when: "nobody says any longer whether there are logs",
      before: { annotations: { [ATTRIBUTES]: LOGS }, ports: [{ port: 80 }] },
      after: {
        annotations: { [ATTRIBUTES]: "ipv6.deny_all_igw_traffic=true" },
        ports: [{ port: 80 }],
      },
      refused: [`args.accessLogsBucket ${MUST_STAY}`, `args.accessLogsBucket ${MUST_STAY}`],
    },
    {
      when: "logs end",
      before: {
        annotations: { [ATTRIBUTES]: `${LOGS},access_logs.s3.prefix=front` },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: { [ATTRIBUTES]: "access_logs.s3.enabled=false" },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "logs end and something else does",
      before: {
        annotations: { [ATTRIBUTES]: `${LOGS},zonal_shift.config.enabled=true` },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: { [ATTRIBUTES]: "access_logs.s3.enabled=false" },
        ports: [{ port: 80 }],
      },
      refused: [`args.loadBalancerAttributes["zonal_shift.config.enabled"] ${MUST_STAY}`],
    },
    {
      when: "a value changes and another comes",
      before: {
        annotations: { [ATTRIBUTES]: "zonal_shift.config.enabled=true" },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: {
          [ATTRIBUTES]: "zonal_shift.config.enabled=false,ipv6.deny_all_igw_traffic=true",
        },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "there was nothing",
      before: { annotations: {}, ports: [{ port: 80 }] },
      after: {
        annotations: { [ATTRIBUTES]: "zonal_shift.config.enabled=true" },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "what was written is not known",
      before: { annotations: { [ATTRIBUTES]: {} }, ports: [{ port: 80 }] },
      after: {
        annotations: { [ATTRIBUTES]: "zonal_shift.config.enabled=true" },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "what is written is not yet known",
      before: {
        annotations: { [ATTRIBUTES]: "zonal_shift.config.enabled=true" },
        ports: [{ port: 80 }],
      },
      after: { annotations: { [ATTRIBUTES]: {} }, ports: [{ port: 80 }] },
      refused: [],
    },
    {
      when: "a port that stays has no idle timeout any longer",
      before: { annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE }, ports: [{ port: 80 }] },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [`args.idleTimeoutSeconds ${MUST_STAY}`],
    },
    {
      when: "a port goes with its idle timeout",
      before: {
        annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE },
        ports: [{ port: 80 }, { port: 443 }],
      },
      after: { annotations: {}, ports: [{ port: 443 }] },
      refused: [],
    },
    {
      when: "an idle timeout changes",
      before: { annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE }, ports: [{ port: 80 }] },
      after: {
        annotations: { [LISTENER_ATTRIBUTES_TCP_80]: "tcp.idle_timeout.seconds=60" },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "another annotation ends in the number of a port",
      before: { annotations: { [LISTENER_ATTRIBUTES_UDP_80]: IDLE }, ports: [{ port: 80 }] },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [],
    },
    {
      when: "a port with an idle timeout takes TLS",
      before: { annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE }, ports: [{ port: 80 }] },
      after: { annotations: { [SSL_PORTS]: "443,80" }, ports: [{ port: 80 }, { port: 443 }] },
      refused: [],
    },
    {
      when: "another port than that with an idle timeout takes TLS",
      before: { annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE }, ports: [{ port: 80 }] },
      after: { annotations: { [SSL_PORTS]: "443" }, ports: [{ port: 80 }, { port: 443 }] },
      refused: [`args.idleTimeoutSeconds ${MUST_STAY}`],
    },
    {
      when: "a number with an idle timeout becomes that of two protocols",
      before: { annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE, [TARGETS]: "ip" }, ports: ONE },
      after: {
        annotations: { [LISTENER_ATTRIBUTES_TCP_UDP_80]: IDLE, [TARGETS]: "ip" },
        ports: [...ONE, { port: 80, protocol: "UDP" }],
      },
      refused: [],
    },
    {
      when: "subnets are no longer named",
      before: { annotations: { [SUBNETS]: "subnet-a" }, ports: ONE },
      after: { annotations: {}, ports: ONE },
      refused: [`args.subnets ${MUST_STAY}`],
    },
    {
      when: "subnets are named for the first time",
      before: { annotations: {}, ports: ONE },
      after: { annotations: { [SUBNETS]: "subnet-a" }, ports: ONE },
      refused: [],
    },
    {
      when: "subnets change",
      before: { annotations: { [SUBNETS]: "subnet-a" }, ports: ONE },
      after: { annotations: { [SUBNETS]: "subnet-b" }, ports: ONE },
      refused: [],
    },
    {
      when: "an attribute of the target groups goes with them",
      before: {
        annotations: {
          [TARGET_GROUP_ATTRIBUTES]: "stickiness.enabled=true",
          [TARGETS]: "instance",
        },
        ports: ONE,
      },
      after: { annotations: { [TARGET_GROUP_ATTRIBUTES]: "", [TARGETS]: "ip" }, ports: ONE },
      refused: [],
    },
    {
      when: "two protocols have one port of the nodes",
      before: { annotations: { [TARGETS]: "instance" }, ports: TOGETHER },
      after: { annotations: { [TARGETS]: "instance" }, ports: [...UNSTATED].reverse() },
      refused: [],
    },
    {
      when: "two protocols have a port of the nodes each",
      before: { annotations: { [TARGETS]: "instance" }, ports: APART },
      after: { annotations: { [TARGETS]: "instance" }, ports: APART },
      refused: [`args.ports[1].port is 80, ${ONE_NODE_PORT}`],
    },
    {
      when: "two protocols have a port of the nodes each, and no traffic goes there",
      before: { annotations: { [TARGETS]: "ip" }, ports: APART },
      after: { annotations: { [TARGETS]: "ip" }, ports: APART },
      refused: [],
    },
    {
      when: "a number gets a second protocol in place",
      before: { annotations: { [TARGETS]: "instance" }, ports: [{ port: 443 }, ...ONE] },
      after: { annotations: { [TARGETS]: "instance" }, ports: [{ port: 443 }, ...UNSTATED] },
      refused: [`args.ports[2].port is 80, ${ONE_NODE_PORT}`],
    },
    {
      when: "a number gets a second protocol at the same stated port of the nodes",
      before: { annotations: { [TARGETS]: "instance" }, ports: ONE },
      after: { annotations: { [TARGETS]: "instance" }, ports: TOGETHER },
      refused: [],
    },
    {
      when: "the ports are not yet known",
      before: { annotations: { [LISTENER_ATTRIBUTES_TCP_80]: IDLE }, ports: [{ port: 80 }] },
      after: { annotations: {}, ports: ["unknown"] },
      refused: [],
    },
  ];
};
