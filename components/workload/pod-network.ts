import { isIP } from "node:net";
import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Checks, Rule } from "../validation/checks.ts";
import { anyString, objectName, oneOf } from "../validation/rules.ts";
import { checkTogether, readStringList, readStringMap } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";

/** Where Pods look up DNS names. */
export const DnsPolicy = {
  /** At the cluster's DNS servers. */
  ClusterFirst: "ClusterFirst",
  /** As the node does; the names of Services are not known then. */
  Default: "Default",
  /** Only at the servers of `dnsConfig`. */
  None: "None",
} as const;
/** Where Pods look up DNS names. */
export type DnsPolicy = (typeof DnsPolicy)[keyof typeof DnsPolicy];

/** Names that the Pods find in `/etc/hosts`. */
export interface HostAliasArgs {
  /** The IP address. No other item has the same. */
  readonly ip: pulumi.Input<string>;
  /** Its names. */
  readonly hostnames: pulumi.Input<string>[];
}

/** Settings for looking up DNS names. */
export interface DnsConfigArgs {
  /**
   * The IP addresses of DNS servers besides those of `dnsPolicy`, at most 3 in all. With `closeEgress` name them in
   * `dnsServerRanges` too.
   *
   * @default - none
   */
  readonly nameservers?: pulumi.Input<string>[];
  /**
   * Domains in which short names are looked up besides those of `dnsPolicy`, at most 32 in all.
   *
   * @default - none
   */
  readonly searches?: pulumi.Input<string>[];
  /**
   * Options of the resolver by name, such as `ndots: "2"`. An option without a value, such as `use-vc`, has the value
   * `""`.
   *
   * @default - those of dnsPolicy
   */
  readonly options?: Record<string, pulumi.Input<string>>;
}

/** The network of the Pods. */
export interface PodNetworkArgs {
  /**
   * Kernel parameters of the Pods, such as `net.ipv4.tcp_keepalive_time: "60"`. Nodes refuse those that are not safe
   * unless their kubelet allows them.
   *
   * @default - those of the node
   * @see https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
   */
  readonly sysctls?: Record<string, pulumi.Input<string>>;
  /**
   * Names that the Pods find in `/etc/hosts`.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
   */
  readonly hostAliases?: HostAliasArgs[];
  /**
   * Where the Pods look up DNS names.
   *
   * @default - DnsPolicy.ClusterFirst, the API server's own default
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy
   */
  readonly dnsPolicy?: DnsPolicy;
  /**
   * Settings for looking up DNS names.
   *
   * @default - those of dnsPolicy
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly dnsConfig?: DnsConfigArgs;
}

/** The fields of a Pod's spec and of its security context that decide its network. */
export interface PodNetwork {
  readonly pod: Partial<core.v1.PodSpec>;
  readonly sysctls: readonly core.v1.Sysctl[];
}

const NAMESERVERS = 3;
const SEARCHES = 32;
/** The API server's limit for all search domains with a space between them. */
const SEARCH_CHARACTERS = 2048;
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

const sysctlName: Rule = (name) =>
  typeof name === "string" && name.length <= 253 && SYSCTL.test(name)
    ? undefined
    : "must be the name of a kernel parameter, such as net.ipv4.tcp_keepalive_time";

const ipAddress: Rule = (address) =>
  typeof address === "string" && isIP(address) > 0 && !address.includes("%")
    ? undefined
    : "must be an IP address, such as 10.20.0.5";

/** Reads the network of a Backend's Pods. */
export function readPodNetwork(checks: Checks, args: PodNetworkArgs): PodNetwork {
  const { dnsConfig, dnsPolicy, hostAliases = [], sysctls } = args;
  const parameters = readStringMap(checks, "args.sysctls", sysctls, sysctlName, anyString);
  return {
    sysctls: Object.entries(parameters).map(([name, value]) => ({ name, value })),
    pod: withoutEmpty({
      hostAliases: readHostAliases(checks, hostAliases),
      dnsPolicy:
        dnsPolicy === undefined
          ? undefined
          : checks.plain("args.dnsPolicy", dnsPolicy, oneOf(DnsPolicy)),
      dnsConfig: readDnsConfig(checks, dnsConfig, dnsPolicy),
    }),
  };
}

function readHostAliases(checks: Checks, given: readonly HostAliasArgs[]): core.v1.HostAlias[] {
  const field = "args.hostAliases";
  const aliases = checks
    .list(field, given, 0, "addresses with names")
    .map((alias, index) => checks.object(`${field}[${index}]`, alias));
  const ips = aliases.map(({ ip }) => ip);
  return aliases.map((alias, index) => {
    const path = `${field}[${index}]`;
    const ip = checks.together(alias.ip, ips.slice(0, index), (own, before) => {
      const same = before.indexOf(own);
      const must = `must differ from ${field}[${same}].ip; state all hostnames of an address together`;
      return same < 0 ? [] : [{ path: `${path}.ip`, value: own, must }];
    });
    return readHostAlias(checks, path, { ...alias, ip });
  });
}

function readHostAlias(
  checks: Checks,
  path: string,
  { hostnames, ip }: HostAliasArgs,
): core.v1.HostAlias {
  const names = checks.list(`${path}.hostnames`, hostnames, 1, "name");
  return {
    ip: checks.input(`${path}.ip`, ip, ipAddress),
    hostnames: names.map((name, index) =>
      checks.input(`${path}.hostnames[${index}]`, name, objectName),
    ),
  };
}

function readDnsConfig(
  checks: Checks,
  given: DnsConfigArgs | undefined,
  dnsPolicy: DnsPolicy | undefined,
): core.v1.PodDNSConfig | undefined {
  const path = "args.dnsConfig";
  const { nameservers, options, searches } =
    given === undefined ? {} : checks.object<DnsConfigArgs>(path, given);
  const list = (
    field: "nameservers" | "searches",
    values: pulumi.Input<string>[] | undefined,
    most: number,
    rule: Rule,
  ) => {
    const read = readStringList(checks, `${path}.${field}`, values, field, rule);
    if (read.length > most) {
      const must = `must be at most ${most}; remove the others`;
      checks.report(`${path}.${field}.length`, read.length, must);
    }
    return read;
  };
  const servers = list("nameservers", nameservers, NAMESERVERS, ipAddress);
  if (dnsPolicy === DnsPolicy.None && servers.length === 0) {
    const must = 'must name at least one server with args.dnsPolicy "None"';
    checks.report(`${path}.nameservers`, nameservers, must);
  }
  const resolver = readStringMap(checks, `${path}.options`, options, optionName, anyString);
  const config = withoutEmpty({
    nameservers: servers,
    searches: checkLength(
      checks,
      `${path}.searches`,
      list("searches", searches, SEARCHES, objectName),
    ),
    options: Object.entries(resolver).map(([name, value]) => ({ name, value })),
  });
  return Object.keys(config).length === 0 ? undefined : config;
}

/** Checks the length of all domains together. */
function checkLength(
  checks: Checks,
  path: string,
  domains: pulumi.Input<string>[],
): pulumi.Input<string>[] {
  return checkTogether(checks, domains, (known) => {
    const must = `must be at most ${SEARCH_CHARACTERS} characters together; shorten or remove some`;
    // Those that are no strings are reported where they are read.
    const texts = known.filter((it) => typeof it === "string");
    return texts.join(" ").length <= SEARCH_CHARACTERS ? [] : [{ path, value: domains, must }];
  });
}

const optionName: Rule = (name) =>
  typeof name === "string" && /^[a-z][-a-z0-9]*$/.test(name)
    ? undefined
    : "must be the name of an option of the resolver, such as ndots";
