import { isIP, isIPv6 } from "node:net";
import type { core, networking } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { urlOf } from "../service/address.ts";
import { addressRange } from "../service/source-range-rules.ts";
import { Protocol } from "../service/target.ts";
import { type Checks, isDeferred, type Rule } from "../validation/checks.ts";
import { objectName, oneOf, portNumber, qualifiedName, serviceName } from "../validation/rules.ts";
import { type Connection, connectionKey, connectionName, reportStated } from "./connections.ts";
import type { EnvironmentArgs, SecretEnvironmentArgs } from "./environment-args.ts";
import type {
  ExternalConnectionArgs,
  ExternalConnectionsArgs,
} from "./external-connections-args.ts";
import { readIpBlocks } from "./network-peers.ts";

/** Something outside of the cluster to which a Backend's Pods connect. */
export interface ExternalConnection {
  /** The prefix of the environment variables. */
  readonly key: string;
  readonly host: pulumi.Input<string>;
  readonly port: number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
  readonly hasUrl: boolean;
  /** The Service that stands for it. */
  readonly serviceName?: string;
  readonly externalName?: pulumi.Input<string>;
  readonly addresses: readonly pulumi.Input<string>[];
  /** Where a NetworkPolicy lets the Pods connect to. */
  readonly peers: readonly networking.v1.NetworkPolicyPeer[];
}

/** The arguments of a Backend on which its external connections depend. */
type AllArgs = ExternalConnectionsArgs &
  EnvironmentArgs &
  SecretEnvironmentArgs & { readonly closeEgress?: boolean; readonly namespace: string };

/** A connection while it is read. */
interface Place {
  readonly checks: Checks;
  readonly path: string;
  readonly key: string;
  readonly given: ExternalConnectionArgs;
}

/** Addresses that the API server refuses in an EndpointSlice. */
const UNUSABLE = /^(0\.0\.0\.0|127\.|169\.254\.|2(2[4-9]|3\d)\.|::1?$|fe[89ab]|ff)/;

const endpointAddress: Rule = (address) =>
  typeof address === "string" &&
  isIP(address) > 0 &&
  addressRange(rangeOf(address)) === undefined &&
  !UNUSABLE.test(address)
    ? undefined
    : "must be an IP address in its shortest form that is no loopback, link-local or multicast address, such as 10.20.0.5; give a DNS name as externalName";

const rangeAt = (address: pulumi.Input<string>) =>
  isDeferred(address) ? pulumi.output(address).apply(rangeOf) : rangeOf(address);
const rangeOf = (address: string) => `${address}/${isIPv6(address) ? 128 : 32}`;

/** Reads what the Pods of the Backend connect to outside of the cluster. */
export function readExternalConnections(
  checks: Checks,
  name: string,
  args: AllArgs,
  connections: readonly Connection[],
): readonly ExternalConnection[] {
  const path = "args.connectsToExternal";
  const all = args.connectsToExternal;
  return Object.entries(all === undefined ? {} : checks.object(path, all)).map(([key, given]) => {
    checks.plain(`${path} key`, key, connectionKey);
    if (connections.some((other) => other.key === key)) {
      const must = "must be another key: args.connectsTo has it already";
      checks.report(`${path} key`, key, must);
    }
    const at = `${path}.${key}`;
    const place = { checks, path: at, key, given: checks.object(at, given) };
    const read = readConnection(place, name, args);
    reportStated(checks, path, read, args, `set ${at}.appProtocol to one that is not HTTP`);
    return read;
  });
}

/** The environment variables with the addresses of external connections. */
export function externalVariables(external: readonly ExternalConnection[]): core.v1.EnvVar[] {
  return external.flatMap((connection) => {
    const { hasUrl, host, key, port } = connection;
    const urlAt = (to: string) => urlOf(to, { ...connection, name: "" }) ?? "";
    const url = isDeferred(host) ? pulumi.output(host).apply(urlAt) : urlAt(host);
    return [
      { name: `${key}_HOST`, value: host },
      { name: `${key}_PORT`, value: String(port) },
      ...(hasUrl ? [{ name: `${key}_URL`, value: url }] : []),
    ];
  });
}

/** The rule of a Backend's own NetworkPolicy that lets its Pods connect. */
export function externalRule({
  peers,
  port,
  protocol,
}: ExternalConnection): networking.v1.NetworkPolicyEgressRule {
  return { to: [...peers], ports: [{ port, protocol }] };
}

function readConnection(place: Place, name: string, args: AllArgs): ExternalConnection {
  const { checks, given, key, path } = place;
  reportSource(place);
  const { appProtocol, externalName, protocol: stated = Protocol.TCP } = given;
  const port = checks.plain(`${path}.port`, given.port, portNumber);
  const protocol = checks.plain(`${path}.protocol`, stated, oneOf(Protocol));
  const hostName =
    externalName === undefined
      ? undefined
      : checks.input(`${path}.externalName`, externalName, objectName);
  const service = readServiceName(place, name);
  const addresses = readAddresses(place);
  const app =
    appProtocol === undefined
      ? {}
      : { appProtocol: checks.plain(`${path}.appProtocol`, appProtocol, qualifiedName) };
  return {
    key,
    host: service === undefined ? (hostName ?? "") : hostOf(service, args.namespace),
    port,
    protocol,
    ...app,
    hasUrl: urlOf("host", { name: "", port, protocol, ...app }) !== undefined,
    ...(service === undefined ? {} : { serviceName: service }),
    ...(hostName === undefined ? {} : { externalName: hostName }),
    addresses,
    peers: readPeers(place, args, addresses),
  };
}

/** The name of a Service inside the cluster; one whose parts are no strings is reported where they are read. */
function hostOf(service: unknown, namespace: unknown): string {
  const parts = [service, namespace, "svc"];
  return parts.every((part) => typeof part === "string") ? parts.join(".") : "";
}

function reportSource({ checks, given, path }: Place): void {
  const both = given.externalName !== undefined && given.addresses !== undefined;
  const neither = given.externalName === undefined && given.addresses === undefined;
  if (both || (neither && !checks.isUnreadable(path))) {
    const value = both ? "externalName and addresses" : given;
    checks.report(path, value, "must have exactly one of externalName and addresses");
  }
}

function readServiceName({ checks, given, key, path }: Place, name: string): string | undefined {
  if (given.serviceName !== undefined) {
    return checks.plain(`${path}.serviceName`, given.serviceName, serviceName);
  }
  if (given.externalName !== undefined || given.addresses === undefined) return undefined;
  const derived = connectionName(name, { key });
  const isNamed = serviceName(name) === undefined && connectionKey(key) === undefined;
  if (isNamed && serviceName(derived) !== undefined) {
    const must = "must be given: the Backend's name and the key are too long for a Service's name";
    checks.report(`${path}.serviceName`, undefined, must);
  }
  return derived;
}

/** Reads the addresses: of one family, which is that of the EndpointSlice. */
function readAddresses({ checks, given, path }: Place): readonly pulumi.Input<string>[] {
  if (given.addresses === undefined) return [];
  const all = checks.list(`${path}.addresses`, given.addresses, 1, "IP address");
  const [first] = all;
  return all.map((address, index) => {
    const at = `${path}.addresses[${index}]`;
    const read = checks.input(at, address, endpointAddress);
    if (index === 0) return read;
    return checks.together(read, [first], (own, [main]) => {
      const must = `must be of one family with ${path}.addresses[0]; state the others under another key`;
      return isIP(String(own)) === isIP(String(main)) ? [] : [{ path: at, value: own, must }];
    });
  });
}

function readPeers(
  { checks, given, path }: Place,
  { closeEgress }: AllArgs,
  addresses: readonly pulumi.Input<string>[],
): readonly networking.v1.NetworkPolicyPeer[] {
  const { externalName, ranges } = given;
  if (ranges !== undefined && (closeEgress !== true || externalName === undefined)) {
    const must = "must not be set without args.closeEgress and externalName, which need it";
    checks.report(`${path}.ranges`, ranges, must);
  } else if (ranges === undefined && closeEgress === true && externalName !== undefined) {
    const must =
      'must be given with args.closeEgress, because a NetworkPolicy knows no DNS names; ["0.0.0.0/0"] is every IPv4 address';
    checks.report(`${path}.ranges`, ranges, must);
  }
  return ranges === undefined
    ? addresses.map((address) => ({ ipBlock: { cidr: rangeAt(address) } }))
    : readIpBlocks(checks, `${path}.ranges`, ranges);
}
