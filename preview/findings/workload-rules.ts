import { type Change, Operation } from "../engine/changes.ts";
import { isObject, kindOf } from "../engine/kubernetes.ts";
import { at, isProperties, SECRET, UNKNOWN } from "../engine/values.ts";
import { Severity } from "../report.ts";
import { listed } from "./load-balancer-rules.ts";
import type { FindingRule } from "./rule.ts";

const CHANGING: readonly Operation[] = [Operation.Create, Operation.Update, Operation.Replace];
const changes = ({ operation }: Change): boolean => CHANGING.includes(operation);
const isChanged = ({ after, before }: Change): boolean =>
  after !== undefined && before !== undefined;

/** The ports that a Service opens outside the cluster, as `80/TCP` or `node port 30007`. */
function openPorts(properties: Change["after"]): readonly string[] {
  const type = at(properties, "spec", "type");
  const ports = at(properties, "spec", "ports");
  if (!Array.isArray(ports) || (type !== "LoadBalancer" && type !== "NodePort")) return [];
  return ports.flatMap((port) => {
    const [number, nodePort, protocol] = ["port", "nodePort", "protocol"].map((key) =>
      at(port, key),
    );
    const opened =
      type === "LoadBalancer" && number !== undefined ? [`${number}/${protocol ?? "TCP"}`] : [];
    return nodePort === undefined ? opened : [...opened, `node port ${nodePort}`];
  });
}

/** The images of a workload's containers, at any depth: a Pod's template lies at another path in each kind. */
function imagesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(imagesOf);
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([key, it]) =>
    (key === "containers" || key === "initContainers") && Array.isArray(it)
      ? it.map((container) => String(at(container, "image") ?? "")).filter((image) => image !== "")
      : imagesOf(it),
  );
}

const isPinned = (image: string): boolean =>
  /@sha256:[0-9a-f]{64}$/.test(image) || image === UNKNOWN || image === SECRET;

/** The rules about workloads, ports and where objects are. */
export const workloadRules: readonly FindingRule[] = [
  {
    id: "provider-changed",
    severity: Severity.Block,
    description: "An object moves to another provider, which may be another cluster.",
    find: (change) => {
      const { after, provider, providerBefore } = change;
      const moved =
        providerBefore !== undefined && providerBefore !== "" && providerBefore !== provider;
      return after !== undefined && moved && isObject(change)
        ? ["moves to another provider, which may be another cluster"]
        : [];
    },
  },
  {
    id: "namespace-changed",
    severity: Severity.Block,
    description: "An object moves to another namespace: its address there is another one.",
    find: (change) => {
      const [old, now] = [change.before, change.after].map((it) => at(it, "metadata", "namespace"));
      return isObject(change) && isChanged(change) && old !== now
        ? [`moves from namespace ${text(old)} to ${text(now)}`]
        : [];
    },
  },
  {
    id: "selector-changed",
    severity: Severity.Warn,
    description: "The selector of a Service changes: other Pods answer, or none.",
    find: (change) => {
      const [old, now] = [change.before, change.after].map((it) =>
        JSON.stringify(at(it, "spec", "selector")),
      );
      return kindOf(change) === "Service" && isChanged(change) && old !== now
        ? ["selects other Pods"]
        : [];
    },
  },
  {
    id: "replicas-removed",
    severity: Severity.Block,
    description: "The number of replicas becomes 0: nothing answers.",
    find: (change) =>
      isChanged(change) &&
      at(change.after, "spec", "replicas") === 0 &&
      at(change.before, "spec", "replicas") !== 0
        ? ["has no replicas any more, so nothing answers"]
        : [],
  },
  {
    id: "replicas-reduced",
    severity: Severity.Warn,
    description: "The number of replicas becomes lower.",
    find: ({ after, before }) => {
      const [old, now] = [before, after].map((it) => at(it, "spec", "replicas"));
      return typeof old === "number" && typeof now === "number" && now < old && now > 0
        ? [`has ${now} replicas instead of ${old}`]
        : [];
    },
  },
  {
    id: "port-opened",
    severity: Severity.Warn,
    description: "A load balancer or a NodePort Service opens another port.",
    find: (change) => {
      if (kindOf(change) !== "Service" || !changes(change)) return [];
      const old = openPorts(change.before);
      const added = openPorts(change.after).filter((port) => !old.includes(port));
      return added.length > 0 ? [`opens ${listed(added)}`] : [];
    },
  },
  {
    id: "image-without-digest",
    severity: Severity.Note,
    description: "An image has no digest, so that what was previewed may not be what runs.",
    find: (change) => {
      if (!changes(change) || !isObject(change)) return [];
      const images = imagesOf(change.after).filter((image) => !isPinned(image));
      return images.length > 0 ? [`runs ${listed([...new Set(images)])} without a digest`] : [];
    },
  },
];

const text = (value: unknown): string => (typeof value === "string" ? value : "the default one");
