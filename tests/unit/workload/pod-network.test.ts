import { expect, test } from "vitest";
import { type BackendArgs, DnsPolicy } from "../../../components/index.ts";
import { podOf, refusalOf } from "../support/deployment.ts";

test("Backend: has kernel parameters, names and DNS settings on its Pods when they are given", async () => {
  const pod = await podOf({
    sysctls: { "net.ipv4.tcp_keepalive_time": "60" },
    hostAliases: [{ ip: "10.20.0.5", hostnames: ["db", "db.corp.example"] }],
    dnsPolicy: DnsPolicy.None,
    dnsConfig: {
      nameservers: ["10.20.0.53"],
      searches: ["corp.example"],
      options: { ndots: "2", "use-vc": "" },
    },
  });

  expect(pod.securityContext).toMatchObject({
    runAsNonRoot: true,
    sysctls: [{ name: "net.ipv4.tcp_keepalive_time", value: "60" }],
  });
  expect(pod).toMatchObject({
    hostAliases: [{ ip: "10.20.0.5", hostnames: ["db", "db.corp.example"] }],
    dnsPolicy: "None",
    dnsConfig: {
      nameservers: ["10.20.0.53"],
      searches: ["corp.example"],
      options: [
        { name: "ndots", value: "2" },
        { name: "use-vc", value: "" },
      ],
    },
  });
});

test("Backend: has none of these fields when nothing is said", async () => {
  const pod = await podOf({ dnsConfig: {}, hostAliases: [], sysctls: {} });

  expect(Object.keys(pod)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(dnsConfig|dnsPolicy|hostAliases)$/)]),
  );
  expect(pod.securityContext).not.toHaveProperty("sysctls");
});

test.each<[Partial<BackendArgs>, string]>([
  [
    { dnsPolicy: DnsPolicy.None },
    'args.dnsConfig.nameservers is undefined, must name at least one server with args.dnsPolicy "None"',
  ],
  [
    { dnsConfig: { nameservers: ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"] } },
    "args.dnsConfig.nameservers.length is 4, must be at most 3; remove the others",
  ],
  [
    { dnsConfig: { searches: [Object.create(null)] } },
    'args.dnsConfig.searches[0] is an object, must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
  ],
  [
    { dnsConfig: { searches: Array.from({ length: 9 }, (_, at) => `${"a.".repeat(119)}b${at}`) } },
    "args.dnsConfig.searches is a list, must be at most 2048 characters together; shorten or remove some",
  ],
  [
    { sysctls: { "net core": "1" } },
    'args.sysctls key is "net core", must be the name of a kernel parameter, such as net.ipv4.tcp_keepalive_time',
  ],
  [
    {
      hostAliases: [
        { ip: "10.0.0.1", hostnames: ["a"] },
        { ip: "10.0.0.1", hostnames: ["b"] },
      ],
    },
    'args.hostAliases[1].ip is "10.0.0.1", must differ from args.hostAliases[0].ip; state all hostnames of an address together',
  ],
  [
    { hostAliases: [{ ip: "10.0.0.1", hostnames: [] }] },
    "args.hostAliases[0].hostnames is an empty list, must be a list of at least one name",
  ],
])("Backend: fails when the network of its Pods is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
