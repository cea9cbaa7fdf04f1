import * as aws from "../../../../components/aws/index.ts";
import {
  Backend,
  type BackendArgs,
  LoadBalancerService,
  NodePortService,
} from "../../../../components/index.ts";
import { cluster, smallest, target } from "../../support/args.ts";
import { later } from "../../support/run-program.ts";
import type { Way } from "./way.ts";

type Args = Record<string, unknown>;
/** A program. Others of the same list are what somebody writes who follows its text. */
type Program = () => unknown;

const backend = (name: string, more: Args = {}) =>
  new Backend(name, { ...smallest, ...more } as BackendArgs);
const http = [{ port: 80, targetPort: "http" }];
const nodePort =
  (more: Args = {}, name = "dev"): Program =>
  () =>
    new NodePortService(name, { cluster, target, ports: http, ...more } as never);
const front =
  (more: Args): Program =>
  () =>
    new LoadBalancerService("front", {
      cluster,
      target,
      exposure: "Internal",
      ports: http,
      ...more,
    } as never);
const two =
  (one: Args, other: Args): Program =>
  () => {
    backend("one", one);
    backend("two", other);
  };
const zone = { zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "shop.example" };
const ip = { host: "203.0.113.7", kind: "ip" };
const nlb = { host: "front-0a1b2c3d4e5f6a7b.elb.eu-central-1.amazonaws.com", kind: "hostname" };
const records =
  (more: Args): Program =>
  () =>
    new aws.DnsRecords("shop", {
      ...zone,
      domainName: "shop.example",
      address: ip,
      targetKind: "Ip",
      ...more,
    } as never);
const named = { address: { host: "a.example", kind: "hostname" }, targetKind: "HostName" };
const certificate =
  (...domainNames: string[]): Program =>
  () =>
    new aws.ValidatedCertificate("shop", { ...zone, domainNames } as never);
const group =
  (more: Args): Program =>
  () =>
    new aws.LoadBalancerSecurityGroup("shop", {
      vpcId: "vpc-0a1b2c3d4e5f67890",
      ports: [{ port: 443 }],
      sourceRanges: ["0.0.0.0/0"],
      targetRanges: ["10.0.0.0/8"],
      ...more,
    } as never);
const bucket =
  (more: Args, name = "logs"): Program =>
  () =>
    new aws.AccessLogBucket(name, more as never);
const eips =
  (...subnets: string[]): Program =>
  () =>
    new aws.ElasticIps("shop", { subnets } as never);
const subnet = "subnet-0a1b2c3d4e5f67890";

/** Programs that are refused, each with those that its text names. */
export const programs: readonly Way<Program>[] = [
  [two({ app: "a" }, { app: "a" }), two({}, {})],
  [
    two({ serviceName: "a" }, { serviceName: "a" }),
    two({ serviceName: "a" }, { serviceName: "b" }),
  ],
  [
    () => backend("default"),
    () => backend("other"),
    () => backend("default", { serviceAccountName: "default" }),
  ],
  [
    () => {
      nodePort({ ports: [{ ...http[0], nodePort: 30080 }] }, "a")();
      nodePort({ ports: [{ ...http[0], nodePort: 30080 }] }, "b")();
    },
    () => {
      nodePort({ ports: [{ ...http[0], nodePort: 30080 }] }, "a")();
      nodePort({ ports: [{ ...http[0], nodePort: 30081 }] }, "b")();
    },
  ],
  [nodePort({ cluster: { ...cluster, allowNodePort: false } }), nodePort(), front({})],
  [
    nodePort({ ports: [...http, { port: 81, targetPort: "http" }] }),
    nodePort({ ports: [...http, { name: "b", port: 81, targetPort: "http" }] }),
  ],
  [nodePort({ ports: [{ port: 80, targetPort: "htpp" }] }), nodePort()],
  [nodePort({ ports: [{ port: 80 }] }), nodePort()],
  [
    nodePort({ ports: [...http, { name: "b", port: 80, targetPort: "http" }] }),
    nodePort({ ports: [...http, { name: "b", port: 81, targetPort: "http" }] }),
  ],
  [nodePort({ target: { ...target, ports: [] } }), nodePort()],
  [nodePort({ target: { ...target, selector: {} } }), nodePort()],
  [
    nodePort({ target: { ...target, drainSeconds: 1 } }),
    nodePort({ target: { ...target, drainSeconds: 15 } }),
  ],
  [nodePort({ target: later({ ...target, ports: [null] }) }), nodePort({ target: later(target) })],
  [
    () => nodePort({ target: backend("a") })(),
    () => nodePort({ target: backend("a", { entrances: ["NodePort"] }).target })(),
  ],
  [
    () =>
      nodePort({
        target: backend("a", {
          entrances: ["LoadBalancer"],
          ports: [
            { ...smallest.ports[0], entrance: false },
            { name: "b", containerPort: 1, port: 1, entrance: true },
          ],
        }).target,
      })(),
    () =>
      nodePort({
        target: backend("a", {
          entrances: ["LoadBalancer", "NodePort"],
          ports: [{ ...smallest.ports[0], entrance: true }],
        }).target,
      })(),
  ],
  [front({ sourceRanges: ["a"] }), front({ sourceRanges: ["10.0.0.0/8"] })],
  [front({ sourceRanges: ["10.0.0.1/8"] }), front({ sourceRanges: ["10.0.0.0/8"] })],
  [
    front({
      ports: [{ port: 53, targetPort: "dns" }],
      externalTrafficPolicy: "Local",
      reachableWithinSeconds: 9,
    }),
    front({ ports: [{ port: 53, targetPort: "dns" }], externalTrafficPolicy: "Local" }),
  ],
  [bucket({}, "-a"), bucket({}, "a")],
  [bucket({ accountId: "1" }), bucket({ accountId: "111122223333" })],
  [bucket({ region: "a" }), bucket({ region: "eu-central-1" })],
  [bucket({ tags: { "aws:a": "b" } }), bucket({ tags: { a: "b" } })],
  [bucket({ tags: { a: "b".repeat(300) } }), bucket({ tags: { a: "b" } })],
  [
    records({ dualStack: true }),
    records({ dualStack: false }),
    records({ address: nlb, targetKind: "NetworkLoadBalancer", dualStack: true }),
  ],
  [
    records({ address: nlb, targetKind: "NetworkLoadBalancer", ttlSeconds: 1 }),
    records({ address: nlb, targetKind: "NetworkLoadBalancer" }),
  ],
  [records(named), records({ ...named, domainName: "www.shop.example" })],
  [records({ address: {} }), records({})],
  [records({ targetKind: "HostName" }), records({ targetKind: "Ip" })],
  [records({ zoneId: "a" }), records({})],
  [records({ domainName: "a.other" }), records({ domainName: "a.shop.example" })],
  [records({ domainName: "Shop.example" }), records({})],
  [eips(subnet, subnet), eips(subnet)],
  [eips("a"), eips(subnet)],
  [
    group({ ports: [{ port: 1, protocol: "SCTP" }] }),
    group({ ports: [{ port: 1, protocol: "UDP" }] }),
  ],
  [
    group({ ports: [{ port: 1 }, { port: 1 }] }),
    group({ ports: [{ port: 1 }, { port: 1, protocol: "UDP" }] }),
  ],
  [group({ sourceRanges: ["10.0.0.0/8", "10.0.0.0/8"] }), group({ sourceRanges: ["10.0.0.0/8"] })],
  [certificate("shop.example", "shop.example"), certificate("shop.example")],
  [
    certificate(...Array.from({ length: 101 }, (_, index) => `a${index}.shop.example`)),
    certificate("shop.example"),
  ],
  [
    certificate(`${"a".repeat(60)}.shop.example`),
    certificate("shop.example", `${"a".repeat(60)}.shop.example`),
  ],
  [
    front({
      sourceRanges: ["10.0.0.0/8"],
      patches: { service: { spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] } } },
    }),
    front({ sourceRanges: ["10.0.0.0/8"] }),
  ],
  [
    front({ healthCheckPort: "x" }),
    front({ healthCheckPort: "http", ports: [{ ...http[0], nodePort: 30080 }] }),
  ],
  [
    front({
      ports: [{ ...http[0], nodePort: 30080 }],
      externalTrafficPolicy: "Local",
      healthCheckNodePort: 30080,
    }),
    front({
      ports: [{ ...http[0], nodePort: 30080 }],
      externalTrafficPolicy: "Local",
      healthCheckNodePort: 30081,
    }),
  ],
];
