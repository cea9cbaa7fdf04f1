import { type InputRow, MUST } from "./input-row.ts";

const PREFIX = "Service metadata annotations service.beta.kubernetes.io/aws-load-balancer-";
const CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/one";
const ATTRIBUTES =
  "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled";
const SEPARATED = 'must be a string without ",", which separates such values';
const NOT_EMPTY = "must be a non-empty string";

const target = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
  drainSeconds: 60,
};
const cluster = { controller: "AwsLoadBalancerController" };

type Row = Omit<InputRow, "given" | "path"> & { readonly path?: string };

/** The fields of a LoadBalancerService that take an Input and end in an annotation, for the controller that has most. */
export const intentRows: readonly InputRow[] = [
  row((value) => ({ certificates: [CERTIFICATE, value] }), {
    field: "certificates[]",
    good: "arn:aws:acm:eu-central-1:111122223333:certificate/two",
    shows: {
      [`${PREFIX}ssl-cert`]: `${CERTIFICATE},arn:aws:acm:eu-central-1:111122223333:certificate/two`,
    },
    bad: "my-certificate",
    path: "args.certificates[1]",
    must: "must be the ARN of a certificate in AWS Certificate Manager or IAM, such as arn:aws:acm:eu-west-1:123456789012:certificate/0aa1",
  }),
  row((value) => ({ certificates: [CERTIFICATE], tlsPolicy: value }), {
    field: "tlsPolicy",
    good: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    shows: { [`${PREFIX}ssl-negotiation-policy`]: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
    bad: "",
    must: NOT_EMPTY,
  }),
  row((value) => ({ cluster: { controller: "GoogleCloud" }, staticAddresses: [value] }), {
    field: "staticAddresses[]",
    good: "front-ip",
    shows: {
      "Service metadata annotations networking.gke.io/load-balancer-ip-addresses": "front-ip",
    },
    bad: "34.1.2.3",
    path: "args.staticAddresses[0]",
    must: 'must be the name of a reserved address, not the address itself: at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
  }),
  row((value) => ({ subnets: ["subnet-a", value] }), {
    field: "subnets[]",
    good: "subnet-b",
    shows: { [`${PREFIX}subnets`]: "subnet-a,subnet-b" },
    bad: "",
    path: "args.subnets[1]",
    must: NOT_EMPTY,
  }),
  row((value) => ({ securityGroups: ["sg-1", value] }), {
    field: "securityGroups[]",
    good: "sg-2",
    shows: { [`${PREFIX}security-groups`]: "sg-1,sg-2" },
    bad: "sg-2,sg-3",
    path: "args.securityGroups[1]",
    must: SEPARATED,
  }),
  row((value) => ({ tags: { app: value } }), {
    field: "tags{}",
    good: "shop",
    shows: { [`${PREFIX}additional-resource-tags`]: "app=shop" },
    bad: "shop,prod",
    path: 'args.tags["app"]',
    must: SEPARATED,
  }),
  row((value) => ({ certificates: [CERTIFICATE], accessLogsBucket: value }), {
    field: "accessLogsBucket",
    good: "logs",
    shows: {
      [`${PREFIX}attributes`]: `${ATTRIBUTES}=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=`,
    },
    bad: "",
    must: NOT_EMPTY,
  }),
  row(
    (value) => ({
      certificates: [CERTIFICATE],
      accessLogsBucket: "logs",
      accessLogsPrefix: value,
    }),
    {
      field: "accessLogsPrefix",
      good: "front",
      shows: {
        [`${PREFIX}attributes`]: `${ATTRIBUTES}=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=front`,
      },
      bad: "front/",
      must: 'must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends',
    },
  ),
  row((value) => ({ loadBalancerAttributes: { "zonal_shift.config.enabled": value } }), {
    field: "loadBalancerAttributes{}",
    good: "true",
    shows: { [`${PREFIX}attributes`]: `${ATTRIBUTES}=false,zonal_shift.config.enabled=true` },
    bad: "true,false",
    path: 'args.loadBalancerAttributes["zonal_shift.config.enabled"]',
    must: SEPARATED,
  }),
  row((value) => ({ targetGroupAttributes: { "stickiness.enabled": value } }), {
    field: "targetGroupAttributes{}",
    good: "true",
    shows: {
      [`${PREFIX}target-group-attributes`]:
        "preserve_client_ip.enabled=true,stickiness.enabled=true",
    },
    bad: "true,false",
    path: 'args.targetGroupAttributes["stickiness.enabled"]',
    must: SEPARATED,
  }),
  row((value) => ({ annotations: { "example.com/team": value } }), {
    field: "annotations{}",
    good: "shop",
    shows: { "Service metadata annotations example.com/team": "shop" },
    bad: 5,
    path: 'args.annotations["example.com/team"]',
    must: MUST.text,
  }),
];

function row(asked: (value: never) => object, rest: Row): InputRow {
  const given = (value: never) => ({ target, cluster, ...asked(value) });
  return { given, path: `args.${rest.field}`, ...rest };
}
