import { keyOfKind } from "../../state/asked-kinds.ts";
import { isAddress } from "../addresses.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { endpointIsReady, endpointsOf } from "../pods.ts";
import type { Rule } from "../rule.ts";
import type { View } from "../view.ts";
import { list, refOf } from "../words.ts";

const DNS_NAME =
  /^(?=.{1,253}\.?$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i;
const IN_CLUSTER = /^([^.]+)\.([^.]+)\.svc(\.[a-z0-9.-]+)?\.?$/;

const isGone = (view: View): boolean =>
  view.service === undefined && view.asked.kind === "Service" && view.saw("services");

const elsewhere = ({ name, namespace, objects }: View) =>
  (objects.services ?? []).filter(
    ({ metadata }) => metadata?.name === name && metadata.namespace !== namespace,
  );

/** The DNS name that a call resolves. */
export const nameRules: readonly Rule[] = [
  {
    cause: "service-in-another-namespace",
    link: Link.Dns,
    means:
      "The namespace has no Service of this name, and another namespace has one. A short name is looked up in the caller's own namespace.",
    evidence: "Services of this name in all namespaces",
    remedy: "Call `NAME.NAMESPACE`.",
    find: (view) => {
      const others = elsewhere(view);
      if (!isGone(view) || others.length === 0) return undefined;
      const names = others.map(({ metadata }) => metadata?.namespace ?? "?");
      return {
        sentence: `No Service ${view.name} in namespace ${view.namespace}; it is in ${list(names)}`,
        fix: `Call ${view.name}.${names[0]}`,
        about: others.map((it) => refOf("Service", it)),
      };
    },
  },
  {
    cause: "service-not-found",
    link: Link.Dns,
    means: "No namespace that could be seen has a Service of this name.",
    evidence: "Services of all namespaces, or of the namespace where that is all that may be read",
    remedy: "Create the Service, or correct the name.",
    find: (view) => {
      if (!isGone(view) || elsewhere(view).length > 0) return undefined;
      const there = (view.objects.services ?? [])
        .filter(({ metadata }) => metadata?.namespace === view.namespace)
        .map(({ metadata }) => metadata?.name ?? "?");
      const known = there.length === 0 ? "" : `; namespace ${view.namespace} has ${list(there, 5)}`;
      return {
        sentence: `No Service is named ${view.name}${known}`,
        fix: `Create the Service ${view.name} in namespace ${view.namespace}, or correct the name`,
        about: [{ kind: "Service", namespace: view.namespace, name: view.name }],
      };
    },
  },
  {
    cause: "object-not-found",
    link: Link.Dns,
    means:
      "The Deployment, StatefulSet, DaemonSet, Pod or Ingress that was asked for does not exist.",
    evidence: "The API server's answer to its name",
    remedy: "Correct the name or the namespace.",
    find: (view) => {
      const { kind, name, namespace } = view.asked;
      const key = kind === "Service" ? undefined : keyOfKind(kind);
      if (key === undefined || !view.lacks(key, namespace, name)) return undefined;
      return {
        sentence: `No ${kind} is named ${name} in namespace ${namespace}`,
        fix: "Correct the name or the namespace",
        about: [{ kind, namespace, name }],
      };
    },
  },
  {
    cause: "cluster-dns-down",
    link: Link.Dns,
    means: "The cluster's DNS Service has no ready endpoint, so no name of a Service resolves.",
    evidence: "EndpointSlices of `kube-system` with the label `k8s-app: kube-dns`",
    remedy: "Look at the Pods with the label `k8s-app: kube-dns` in `kube-system`.",
    find: ({ objects }) => {
      const slices = (objects.endpointSlices ?? []).filter(
        ({ metadata }) =>
          metadata?.namespace === "kube-system" &&
          (metadata.labels?.["k8s-app"] === "kube-dns" ||
            metadata.labels?.["kubernetes.io/service-name"] === "kube-dns"),
      );
      const endpoints = endpointsOf(slices);
      if (slices.length === 0 || endpoints.some(endpointIsReady)) return undefined;
      return {
        sentence: `No name resolves: Service kube-dns has 0 ready endpoints of ${endpoints.length}`,
        fix: "Look at the Pods of the cluster's DNS: kubectl -n kube-system get pods -l k8s-app=kube-dns",
        about: [{ kind: "Service", namespace: "kube-system", name: "kube-dns" }],
      };
    },
  },
  {
    cause: "external-name-is-an-address",
    link: Link.Dns,
    means: "`externalName` is an address. DNS answers with a name there, which resolves nowhere.",
    evidence: "`spec.externalName` of the Service",
    remedy: "Use a Service without a selector and an EndpointSlice with the address.",
    find: ({ service, type }) => {
      const name = service?.spec?.externalName ?? "";
      if (type !== "ExternalName" || !isAddress(name)) return undefined;
      return {
        sentence: `externalName is the address ${name}, and DNS needs a name there`,
        fix: "Use a Service without a selector, and an EndpointSlice with this address",
        about: [refOf("Service", service)],
      };
    },
  },
  {
    cause: "external-name-invalid",
    link: Link.Dns,
    means: "`externalName` is no DNS name: it has a scheme, a port or a path, or it is empty.",
    evidence: "`spec.externalName` of the Service",
    remedy: "Write the bare host name.",
    find: ({ service, type }) => {
      const name = service?.spec?.externalName ?? "";
      if (type !== "ExternalName" || isAddress(name) || DNS_NAME.test(name)) return undefined;
      return {
        sentence: `externalName is "${name}", which is no DNS name`,
        fix: "Write the bare host name, without scheme, port and path",
        about: [refOf("Service", service)],
      };
    },
  },
  {
    cause: "external-name-target-missing",
    link: Link.Dns,
    means: "`externalName` names a Service of this cluster that does not exist.",
    evidence: "`spec.externalName` of the Service, and that Service",
    remedy: "Create that Service, or correct `externalName`.",
    find: ({ lacks, service, type }) => {
      const [, name = "", namespace = ""] =
        IN_CLUSTER.exec(service?.spec?.externalName ?? "") ?? [];
      if (type !== "ExternalName" || !lacks("services", namespace, name)) return undefined;
      return {
        sentence: `externalName leads to Service ${name} in namespace ${namespace}, which does not exist`,
        fix: "Create that Service, or correct externalName",
        about: [refOf("Service", service), { kind: "Service", namespace, name }],
      };
    },
  },
  {
    cause: "external-name-ignores-selector",
    link: Link.Dns,
    means:
      "The Service is of type ExternalName and has a selector, which has no effect: callers leave for `externalName`.",
    evidence: "`spec.type` and `spec.selector` of the Service",
    remedy: "Remove the selector, or use type ClusterIP.",
    find: ({ selector, service, type }) => {
      if (type !== "ExternalName" || Object.keys(selector).length === 0) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `The selector has no effect: type ExternalName sends callers to ${service?.spec?.externalName ?? "nothing"}`,
        fix: "Remove the selector, or use type ClusterIP to call the Pods",
        about: [refOf("Service", service)],
      };
    },
  },
  {
    cause: "stateful-set-service-missing",
    link: Link.Dns,
    means:
      "The StatefulSet's `serviceName` names a Service that does not exist, so its Pods have no DNS names.",
    evidence: "`spec.serviceName` of the StatefulSet, and that Service",
    remedy: "Create the headless Service.",
    find: (view) => {
      for (const { name, service } of governed(view)) {
        if (!view.lacks("services", view.namespace, service)) continue;
        return {
          sentence: `${name}-0.${service} cannot resolve: StatefulSet ${name} names the Service ${service}, which does not exist`,
          fix: `Create the headless Service ${service} (clusterIP: None) in namespace ${view.namespace}`,
          about: [{ kind: "StatefulSet", namespace: view.namespace, name }],
        };
      }
      return undefined;
    },
  },
  {
    cause: "stateful-set-service-not-headless",
    link: Link.Dns,
    means:
      "The StatefulSet's `serviceName` names a Service with a cluster IP. The names of its Pods resolve only below a headless Service.",
    evidence: "`spec.serviceName` of the StatefulSet, and `spec.clusterIP` of that Service",
    remedy: "Add a headless Service and name it in a new StatefulSet; `serviceName` cannot change.",
    find: (view) => {
      const found = governed(view).find(({ service }) => {
        const it = (view.objects.services ?? []).find(
          ({ metadata }) => metadata?.name === service && metadata.namespace === view.namespace,
        );
        return it?.spec?.clusterIP !== undefined && it.spec.clusterIP !== "None";
      });
      if (found === undefined) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `${found.name}-0.${found.service} does not resolve: the Service ${found.service} of StatefulSet ${found.name} is not headless`,
        fix: "Call the Service itself, or make the Service headless (clusterIP: None; it must be recreated)",
        about: [{ kind: "StatefulSet", namespace: view.namespace, name: found.name }],
      };
    },
  },
];

/** The StatefulSets whose Pods are looked at, and the Services that they name. */
function governed(view: View): readonly { readonly name: string; readonly service: string }[] {
  const owners = new Set(
    view.selected.flatMap(({ metadata }) =>
      (metadata?.ownerReferences ?? []).flatMap(({ kind, name }) =>
        kind === "StatefulSet" && name !== undefined ? [name] : [],
      ),
    ),
  );
  return (view.objects.statefulSets ?? []).flatMap(({ metadata, spec }) =>
    metadata?.namespace === view.namespace &&
    metadata.name !== undefined &&
    (owners.has(metadata.name) ||
      (view.asked.kind === "StatefulSet" && view.asked.name === metadata.name)) &&
    spec?.serviceName
      ? [{ name: metadata.name, service: spec.serviceName }]
      : [],
  );
}
