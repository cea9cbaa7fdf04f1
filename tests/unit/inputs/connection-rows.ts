import type {
  BackendArgs,
  ExternalConnectionArgs,
  ServiceTargetArgs,
} from "../../../components/index.ts";
import { ANYTHING_GOES, type InputRow, MUST } from "./input-row.ts";

/** A target of another program, with a Service of its own. */
const target = {
  namespace: "shop",
  selector: { app: "api" },
  ports: [{ name: "http", containerPort: 9090, protocol: "TCP", port: 81 }],
  drainSeconds: 10,
  serviceName: "api",
} as const satisfies ServiceTargetArgs;

const ENV = "Deployment spec template spec containers 0 env";
const HOST = `${ENV} 0 value`;
const PORT = `${ENV} 1 value`;
const URL = `${ENV} 2 value`;
const RULE = "NetworkPolicy spec egress 2";
const PEER = `${RULE} to 0`;
const NAMESPACE = `${PEER} namespaceSelector matchLabels kubernetes.io/metadata.name`;
const SELECTOR = `${PEER} podSelector matchLabels`;

/** The rows of whom a Backend's Pods connect to: they show in its variables and in what it may connect to. */
export const connectionRows: readonly InputRow[] = [
  {
    field: "connectsTo{}.target",
    given: (value) => connectedTo(value),
    good: target,
    shows: {
      [HOST]: "api.shop.svc",
      [PORT]: "81",
      [URL]: "http://api.shop.svc:81",
      [NAMESPACE]: "shop",
      [SELECTOR]: { app: "api" },
      [`${RULE} ports 0 port`]: 9090,
      [`${RULE} ports 0 protocol`]: "TCP",
    },
    bad: { ...target, namespace: "Shop" },
    path: "args.connectsTo.API.target.namespace",
    shown: '"Shop"',
    must: MUST.namespace,
  },
  field("namespace", {
    good: "other",
    shows: {
      [HOST]: "api.other.svc",
      [URL]: "http://api.other.svc:81",
      [NAMESPACE]: "other",
    },
    bad: "Shop",
    must: MUST.namespace,
  }),
  field("selector", {
    good: { app: "other" },
    shows: { [SELECTOR]: { app: "other" } },
    bad: {},
    shown: "an object",
    must: "must be an object of at least one label",
  }),
  field("ports", {
    good: [{ name: "http", containerPort: 9091, protocol: "TCP", port: 82 }],
    shows: {
      [PORT]: "82",
      [URL]: "http://api.shop.svc:82",
      [`${RULE} ports 0 port`]: 9091,
      [`${RULE} ports 0 protocol`]: "TCP",
    },
    bad: [],
    shown: "an empty list",
    must: "must be a list of at least one declared port",
  }),
  // It is for entrances: whoever connects from inside the cluster does not ask for how long.
  field("drainSeconds", { good: 10, shows: {}, bad: ANYTHING_GOES, must: "" }),
  field("serviceName", {
    good: "other",
    shows: { [HOST]: "other.shop.svc", [URL]: "http://other.shop.svc:81" },
    bad: "Other",
    must: 'must be at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
  }),
];

const EXTERNAL = "EndpointSlice";

/** The rows of what a Backend's Pods connect to outside of the cluster. */
export const externalRows: readonly InputRow[] = [
  {
    field: "connectsToExternal{}.externalName",
    given: (externalName) => externalTo({ externalName, port: 443 }),
    good: "api.example.com",
    shows: { [HOST]: "api.example.com", [URL]: "https://api.example.com" },
    bad: "api_example",
    path: "args.connectsToExternal.API.externalName",
    must: MUST.objectName,
  },
  {
    field: "connectsToExternal{}.addresses[]",
    given: (address) => externalTo({ addresses: [address], port: 5432 }, true),
    good: "10.20.0.5",
    shows: {
      [`${EXTERNAL} endpoints 0 addresses 0`]: "10.20.0.5",
      [`${EXTERNAL} addressType`]: "IPv4",
      "Service spec ipFamilies 0": "IPv4",
      "NetworkPolicy spec egress 2 to 0 ipBlock cidr": "10.20.0.5/32",
    },
    bad: "127.0.0.1",
    path: "args.connectsToExternal.API.addresses[0]",
    must: "must be an IP address in its shortest form that is no loopback, link-local or multicast address, such as 10.20.0.5; give a DNS name as externalName",
  },
  {
    field: "connectsToExternal{}.ranges[]",
    given: (range) => externalTo({ externalName: "a.example", port: 443, ranges: [range] }, true),
    good: "203.0.113.0/24",
    shows: { "NetworkPolicy spec egress 2 to 0 ipBlock cidr": "203.0.113.0/24" },
    bad: "203.0.113.0",
    path: "args.connectsToExternal.API.ranges[0]",
    must: "must be an address range, such as 10.0.0.0/8",
  },
];

function externalTo(
  connection: Partial<Record<keyof ExternalConnectionArgs, unknown>>,
  closeEgress = false,
): object {
  // Without a Service of its own, the Service is that of the connection.
  const ports = [{ name: "http", containerPort: 8080 }];
  return { ports, networkPolicy: true, closeEgress, connectsToExternal: { API: connection } };
}

function field(
  name: keyof ServiceTargetArgs,
  rest: Omit<InputRow, "field" | "given" | "path">,
): InputRow {
  return {
    field: `connectsTo{}.target.${name}`,
    given: (value) => connectedTo({ ...target, [name]: value } as never),
    path: `args.connectsTo.API.target.${name}`,
    ...rest,
  };
}

function connectedTo(value: never): Partial<BackendArgs> {
  const connectsTo = { API: { target: value, port: "http" } };
  return { networkPolicy: true, closeEgress: true, connectsTo };
}
