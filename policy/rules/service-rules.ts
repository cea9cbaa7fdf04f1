import { familiesOfService } from "../../components/load-balancer/contract/address-families.ts";
import { familiesWithoutRange } from "../../components/service/source-range-rules.ts";
import { whyNotPublic, whyPublic } from "../../testing/exposure.ts";
import type { Manifest } from "../../testing/manifest.ts";
import { podTemplateOf } from "../../testing/pod-template.ts";
import {
  declaredPortOf,
  isService,
  protocolOf,
  type ServicePort,
  selectorOf,
  selects,
  serviceSpec,
  targetPortOf,
} from "../../testing/service.ts";
import { PolicyLevel, type PolicyRule, when } from "../rule.ts";
import { isServing, specOf } from "./workloads.ts";

const SERVICE = "https://kubernetes.io/docs/concepts/services-networking/service/";

const isType = (object: Manifest, type: string): boolean =>
  isService(object) && serviceSpec(object).type === type;
const selectedBy = (service: Manifest, objects: readonly Manifest[]): readonly Manifest[] =>
  objects.filter((it) => isServing(it) && selects(service, it));

/** Containers need not declare the ports that they listen on, so a number may be right where they declare none. */
function isUndeclared(port: ServicePort, workload: Manifest): boolean {
  const declaresNone = podTemplateOf(workload)?.ports.length === 0;
  if (declaresNone && typeof targetPortOf(port) === "number") return false;
  return declaredPortOf(port, workload) === undefined;
}

/** The rules about Services. */
export const serviceRules: readonly PolicyRule[] = [
  {
    id: "public-load-balancer",
    level: PolicyLevel.Mandatory,
    description: "No Service can be reached from the internet unless it is allowed by name.",
    fix: "make the load balancer internal, or allow the Service by name",
    link: `${SERVICE}#internal-load-balancer`,
    needsAll: false,
    check: (object) =>
      when(
        isService(object) && whyNotPublic(object) === undefined,
        `can be reached from the internet: ${isService(object) ? whyPublic(object) : ""}`,
      ),
  },
  {
    id: "source-ranges",
    level: PolicyLevel.Mandatory,
    description: "A load balancer states who may connect, for each of its address families.",
    fix: "set spec.loadBalancerSourceRanges, with a range of each address family",
    link: `${SERVICE}#loadbalancer`,
    needsAll: false,
    check: (object) => {
      if (!isType(object, "LoadBalancer")) return [];
      const spec = serviceSpec(object);
      const { loadBalancerSourceRanges: ranges = [] } = spec;
      const open = familiesWithoutRange(ranges, familiesOfService(spec));
      if (ranges.length === 0) return ["states no source ranges, which means everybody"];
      return when(open.length > 0, `has no source range of its ${open.join(" and ")} addresses`);
    },
  },
  {
    id: "node-port",
    level: PolicyLevel.Mandatory,
    description: "No Service opens a port on every node unless it is allowed by name.",
    fix: "use a load balancer or an Ingress, or allow the Service by name",
    link: `${SERVICE}#type-nodeport`,
    needsAll: false,
    check: (object) => when(isType(object, "NodePort"), "opens a port on every node"),
  },
  {
    id: "external-ips",
    level: PolicyLevel.Mandatory,
    description: "No Service takes over addresses with externalIPs.",
    fix: "remove spec.externalIPs",
    link: `${SERVICE}#external-ips`,
    needsAll: false,
    check: (object) => {
      const { externalIPs } = isService(object) ? specOf(object) : {};
      return when(
        Array.isArray(externalIPs) && externalIPs.length > 0,
        "takes over addresses with externalIPs",
      );
    },
  },
  {
    id: "selector-matches-nothing",
    level: PolicyLevel.Advisory,
    description: "A Service's selector matches a workload of the program.",
    fix: "correct the selector, or allow a Service whose Pods are made elsewhere by name",
    link: `${SERVICE}#defining-a-service`,
    needsAll: true,
    check: (object, { objects }) => {
      if (!isService(object) || selectorOf(object) === undefined) return [];
      const matched = objects.some((it) => it.kind === "Pod" || selects(object, it));
      return when(!matched, "selects no workload of the program");
    },
  },
  {
    id: "selector-matches-two",
    level: PolicyLevel.Mandatory,
    description: "A Service's selector matches no more than one workload.",
    fix: "select a label that only one workload's Pods have",
    link: `${SERVICE}#defining-a-service`,
    needsAll: true,
    check: (object, { objects }) => {
      const found = isService(object)
        ? selectedBy(object, objects).map(({ metadata }) => metadata.name)
        : [];
      return when(found.length > 1, `selects the Pods of several workloads: ${found.join(", ")}`);
    },
  },
  {
    id: "target-port-undeclared",
    level: PolicyLevel.Mandatory,
    description:
      "A Service's target port is one that the selected containers declare, or a number if they declare none.",
    fix: "declare the port in the container, or correct targetPort",
    link: `${SERVICE}#field-spec-ports`,
    needsAll: true,
    check: (object, { objects }) => {
      if (!isService(object)) return [];
      const { ports = [] } = serviceSpec(object);
      const missing = selectedBy(object, objects).flatMap((workload) =>
        ports
          .filter((port) => isUndeclared(port, workload))
          .map((port) => `${targetPortOf(port)}/${protocolOf(port)} of ${workload.metadata.name}`),
      );
      return when(
        missing.length > 0,
        `leads to ports that no container declares: ${missing.join(", ")}`,
      );
    },
  },
  {
    id: "duplicate-node-port",
    level: PolicyLevel.Mandatory,
    description: "No two Services ask for the same node port.",
    fix: "choose another nodePort, or leave it out",
    link: `${SERVICE}#nodeport-custom-port`,
    needsAll: true,
    check: (object, { objects }) => {
      if (!isService(object)) return [];
      const keys = (it: Manifest) =>
        (serviceSpec(it).ports ?? []).flatMap((port) =>
          port.nodePort === undefined ? [] : [`${port.nodePort}/${protocolOf(port)}`],
        );
      const others = objects.filter((it) => it !== object && isService(it)).flatMap(keys);
      const shared = keys(object).filter((key) => others.includes(key));
      return when(
        shared.length > 0,
        `asks for node ports that another Service has: ${shared.join(", ")}`,
      );
    },
  },
  {
    id: "ingress-without-tls",
    level: PolicyLevel.Advisory,
    description: "An Ingress has TLS.",
    fix: "set spec.tls",
    link: "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
    needsAll: false,
    check: (object) => {
      const { tls } = object.kind === "Ingress" ? specOf(object) : { tls: [true] };
      return when(
        !Array.isArray(tls) || tls.length === 0,
        "has no TLS, so that everyone on the way can read along",
      );
    },
  },
];
