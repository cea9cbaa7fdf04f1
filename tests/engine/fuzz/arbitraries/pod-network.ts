import fc from "fast-check";
import {
  type DnsConfigArgs,
  DnsPolicy,
  type HostAliasArgs,
  type PodNetworkArgs,
} from "../../../../components/index.ts";
import { fields, textsBy } from "./fields.ts";
import { anyString, objectName, visibleText } from "./texts.ts";

const ip = fc.constantFrom("10.0.0.1", "127.0.0.1", "2001:db8::1", "192.0.2.255");

const hostAlias = fc.record<HostAliasArgs>({
  ip,
  hostnames: fc.array(objectName, { minLength: 1, maxLength: 3 }),
});

const options = textsBy(fc.constantFrom("ndots", "timeout", "use-vc", "edns0"), anyString);
const searches = fc.array(objectName, { maxLength: 3 });

const anywhere = fields<Pick<PodNetworkArgs, "dnsConfig" | "dnsPolicy">>(
  {},
  {
    dnsPolicy: fc.constantFrom(DnsPolicy.ClusterFirst, DnsPolicy.Default),
    dnsConfig: fields<DnsConfigArgs>(
      {},
      { nameservers: fc.uniqueArray(ip, { maxLength: 3 }), searches, options },
    ),
  },
);
const nowhereElse = fc.record<Required<Pick<PodNetworkArgs, "dnsConfig" | "dnsPolicy">>>({
  dnsPolicy: fc.constant(DnsPolicy.None),
  dnsConfig: fields<DnsConfigArgs & { nameservers: string[] }>(
    { nameservers: fc.uniqueArray(ip, { minLength: 1, maxLength: 3 }) },
    { searches, options },
  ),
});

/** Those that the Pod Security Standards allow: of others the API server warns. */
const names = fc.constantFrom(
  "net.ipv4.tcp_keepalive_time",
  "kernel.shm_rmid_forced",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ip_local_port_range",
);

/** The network of Pods. */
export const podNetwork: fc.Arbitrary<PodNetworkArgs> = fc
  .tuple(
    fields<Omit<PodNetworkArgs, "dnsConfig" | "dnsPolicy">>(
      {},
      {
        sysctls: textsBy(names, visibleText),
        hostAliases: fc.uniqueArray(hostAlias, { maxLength: 3, selector: ({ ip }) => ip }),
      },
    ),
    fc.oneof({ weight: 4, arbitrary: anywhere }, nowhereElse),
  )
  .map(([one, other]) => ({ ...one, ...other }));
