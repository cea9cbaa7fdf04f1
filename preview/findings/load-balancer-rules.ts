import { type Change, Operation } from "../engine/changes.ts";
import { kindOf } from "../engine/kubernetes.ts";
import { at, isProperties } from "../engine/values.ts";
import { Severity } from "../report.ts";
import { EXPOSURE_LEVELS, exposureOf, isLoadBalancer } from "./exposure-level.ts";
import type { FindingRule } from "./rule.ts";

/** The words in annotation keys that make a controller build another load balancer, or change who reaches it. */
const IDENTITY =
  /(type|scheme|internal|subnets?|name|class|nlb-target-type|ip-address-type|eip-allocations|private-ipv4-addresses|resource-group|load-balancer-id|network)$/;

const wasLoadBalancer = (change: Change): boolean =>
  kindOf(change) === "Service" && isLoadBalancer(change.before);

const identityOf = ({ after, before }: Change): readonly string[] => {
  const fields = ["loadBalancerClass", "loadBalancerIP"].filter(
    (field) => at(before, "spec", field) !== at(after, "spec", field),
  );
  const [old, now] = [before, after].map((it) => {
    const annotations = at(it, "metadata", "annotations");
    return isProperties(annotations) ? annotations : {};
  });
  const keys = Object.keys({ ...old, ...now }).filter(
    (key) =>
      /load-balancer|loadbalancer/.test(key) && IDENTITY.test(key) && old?.[key] !== now?.[key],
  );
  return [...fields.map((field) => `spec.${field}`), ...keys];
};

/** The rules about load balancers and what can be reached. */
export const loadBalancerRules: readonly FindingRule[] = [
  {
    id: "load-balancer-deleted",
    severity: Severity.Block,
    description:
      "A Service of type LoadBalancer is deleted, or becomes another type: its address is lost.",
    find: (change) => {
      if (!wasLoadBalancer(change)) return [];
      if (change.operation === Operation.Delete) {
        return [
          change.retained
            ? "leaves the stack and stays in the cluster"
            : "deletes a load balancer; its address is lost",
        ];
      }
      const kept = isLoadBalancer(change.after);
      return change.operation === Operation.Update && !kept
        ? [
            `stops being a load balancer: its type becomes ${text(at(change.after, "spec", "type") ?? "ClusterIP")}; its address is lost`,
          ]
        : [];
    },
  },
  {
    id: "load-balancer-replaced",
    severity: Severity.Block,
    description: "A Service of type LoadBalancer is replaced: it gets another address.",
    find: (change) =>
      wasLoadBalancer(change) && change.operation === Operation.Replace
        ? [
            `replaces a load balancer because of ${listed(change.forcedBy)}; its address changes${change.deletesFirst ? ", and nothing answers until the new one is ready" : ""}`,
          ]
        : [],
  },
  {
    id: "load-balancer-identity",
    severity: Severity.Block,
    description:
      "A setting changes by which a controller tells load balancers apart, so that it may build another one.",
    find: (change) => {
      if (
        !wasLoadBalancer(change) ||
        change.operation !== Operation.Update ||
        !isLoadBalancer(change.after)
      )
        return [];
      const changed = identityOf(change);
      return changed.length === 0
        ? []
        : [
            `changes ${listed(changed)}; the controller may build another load balancer, with another address`,
          ];
    },
  },
  {
    id: "exposure-widened",
    severity: Severity.Block,
    description:
      "A Service can be reached from further away than before: the nodes, the network or the internet.",
    find: (change) => {
      const { after, before, operation } = change;
      if (after === undefined || operation === Operation.Same) return [];
      const [old, now] = [exposureOf(change, before), exposureOf(change, after)];
      if (old === "unknown" || now === "unknown") return [];
      if (now === "nowhere" || now === "cluster") return [];
      const wider = EXPOSURE_LEVELS.indexOf(now) > EXPOSURE_LEVELS.indexOf(old);
      return wider
        ? [
            `can be reached from ${FROM[now]}${before === undefined ? "" : `; before, from ${FROM[old]}`}`,
          ]
        : [];
    },
  },
  {
    id: "source-ranges-widened",
    severity: Severity.Block,
    description: "A load balancer accepts connections from addresses that it refused.",
    find: (change) => {
      if (!wasLoadBalancer(change) || !isLoadBalancer(change.after)) return [];
      const [old, now] = [change.before, change.after].map((it) =>
        at(it, "spec", "loadBalancerSourceRanges"),
      );
      const added = strings(now).filter((range) => !strings(old).includes(range));
      const opened = strings(old).length > 0 && strings(now).length === 0;
      if (opened) return ["loses its source ranges, so that everybody may connect"];
      return strings(old).length > 0 && added.length > 0
        ? [`accepts connections from ${listed(added)}`]
        : [];
    },
  },
  {
    id: "ingress-changed",
    severity: Severity.Warn,
    description:
      "An Ingress or a Gateway is created or changed: its controller decides who can reach it.",
    find: (change) =>
      ["Gateway", "HTTPRoute", "Ingress"].includes(kindOf(change)) &&
      (change.operation === Operation.Create || change.operation === Operation.Update)
        ? ["opens a way in; its controller decides from where"]
        : [],
  },
];

const FROM = {
  nowhere: "nowhere",
  cluster: "the cluster alone",
  nodes: "every node's address",
  internal: "the network of the cluster",
  public: "the internet",
} as const;

/** Items in a sentence, at most five. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(", ");
  return items.length > 5
    ? `${shown} and ${items.length - 5} more`
    : shown || "a property that the engine does not name";
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "another");
