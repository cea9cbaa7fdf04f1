// k3s with MetalLB (`k3s server --disable servicelb`): a DNS server that answers over UDP and TCP at one address.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  Protocol,
} from "pulumi-kubernetes-services";

const namespace = "dns";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const dns = new Backend(
  "dns",
  {
    namespace,
    image: "registry.example/dns:1.0.0",
    ports: [
      { name: "udp", containerPort: 5353, protocol: Protocol.UDP },
      { name: "tcp", containerPort: 5353 },
    ],
    readinessProbe: { tcpSocket: { port: "tcp" } },
    entrances: [Entrance.LoadBalancer],
  },
  opts,
);

const front = new LoadBalancerService(
  "dns-front",
  {
    cluster: { controller: LoadBalancerController.MetalLb },
    target: dns.target,
    exposure: Exposure.Internal,
    sourceRanges: ["192.168.0.0/16"],
    addressPool: "office",
    ports: [
      { port: 53, targetPort: "udp" },
      { port: 53, targetPort: "tcp" },
    ],
  },
  opts,
);

/** The address to enter in clients. */
export const address = front.address.host;
