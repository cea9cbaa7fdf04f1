import type { Ingress } from "../../state/cluster-state.ts";
import { Certainty, Link, type ObjectRef } from "../diagnosis.ts";
import { conditionOf } from "../pods.ts";
import type { Rule } from "../rule.ts";
import type { View } from "../view.ts";
import { brief, list, refOf } from "../words.ts";

/** A backend of an Ingress: a Service and one of its ports. */
type Backend = NonNullable<NonNullable<NonNullable<Ingress["spec"]>["defaultBackend"]>["service"]>;

const LEGACY_CLASS = "kubernetes.io/ingress.class";
const DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";

/** The port of a backend that is no Service but an action of the AWS Load Balancer Controller, described in an annotation. */
const ACTION = "use-annotation";

/** The Services that an Ingress sends requests to. */
export const backendsOf = ({ spec }: Ingress): readonly Backend[] =>
  [
    spec?.defaultBackend,
    ...(spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend)),
  ]
    .flatMap((it) => it?.service ?? [])
    .filter(({ port }) => port?.name !== ACTION);

const ingressesOf = (view: View): readonly Ingress[] =>
  (view.objects.ingresses ?? []).filter(
    (it) =>
      it.metadata?.namespace === view.namespace &&
      backendsOf(it).some(({ name }) => name === view.name),
  );

const portsText = (view: View): string =>
  list(view.ports.map(({ name, port }) => (name ? `${port} (${name})` : `${port}`)));

/** The references of HTTPRoutes to the Service, with the route. */
const routesOf = (view: View) =>
  (view.objects.httpRoutes ?? []).flatMap((route) =>
    (route.spec?.rules ?? [])
      .flatMap(({ backendRefs = [] }) => backendRefs)
      .filter(
        ({ kind = "Service", name, namespace = route.metadata?.namespace }) =>
          kind === "Service" && name === view.name && namespace === view.namespace,
      )
      .map((backend) => ({ backend, route })),
  );

/** Ingresses and routes in front of the Service. */
export const entryRules: readonly Rule[] = [
  {
    cause: "entry-backend-missing",
    link: Link.LoadBalancer,
    means: "An Ingress or an HTTPRoute sends requests to a Service that does not exist.",
    evidence:
      "`backend.service.name` of the Ingress or `backendRefs` of the HTTPRoute, and that Service",
    remedy: "Create the Service, or correct the name in the Ingress or the route.",
    find: (view) => {
      if (view.service !== undefined || !view.saw("services")) return undefined;
      const entry: ObjectRef | undefined =
        ingressesOf(view).map((it) => refOf("Ingress", it))[0] ??
        routesOf(view).map(({ route }) => refOf("HTTPRoute", route))[0];
      if (entry === undefined || view.name === "") return undefined;
      return {
        sentence: `${entry.kind} ${entry.name} sends requests to Service ${view.name}, which does not exist`,
        fix: `Create Service ${view.name}, or correct the name in ${entry.kind} ${entry.name}`,
        about: [entry],
      };
    },
  },
  {
    cause: "entry-port-missing",
    link: Link.LoadBalancer,
    means: "An Ingress or an HTTPRoute asks for a port that the Service does not have.",
    evidence:
      "`backend.service.port` of the Ingress or `backendRefs[].port` of the HTTPRoute; `spec.ports` of the Service",
    remedy: "Use a port of the Service, by its number or its name.",
    find: (view) => {
      if (view.service === undefined || view.type === "ExternalName") return undefined;
      for (const ingress of ingressesOf(view)) {
        for (const { name, port } of backendsOf(ingress)) {
          const wanted = port?.name ?? port?.number;
          const has = view.ports.some(
            (it) => it.port === port?.number || (port?.name !== undefined && it.name === port.name),
          );
          if (name !== view.name || has || wanted === undefined) continue;
          return missingPort(view, refOf("Ingress", ingress), wanted);
        }
      }
      const wrong = routesOf(view).find(
        ({ backend: { port } }) => port !== undefined && !view.ports.some((it) => it.port === port),
      );
      return wrong && missingPort(view, refOf("HTTPRoute", wrong.route), wrong.backend.port ?? 0);
    },
  },
  {
    cause: "ingress-class-missing",
    link: Link.LoadBalancer,
    means: "The Ingress names an IngressClass that does not exist, so no controller serves it.",
    evidence: "`spec.ingressClassName` of the Ingress; IngressClasses",
    remedy: "Install the controller that brings the class, or name a class that exists.",
    find: (view) => {
      const { ingressClasses } = view.objects;
      if (ingressClasses === undefined) return undefined;
      const names = ingressClasses.map(({ metadata }) => metadata?.name ?? "?");
      const lost = ingressesOf(view).find(
        ({ spec }) =>
          spec?.ingressClassName !== undefined && !names.includes(spec.ingressClassName),
      );
      if (lost === undefined) return undefined;
      return {
        sentence: `Ingress ${lost.metadata?.name} has class ${lost.spec?.ingressClassName}, which does not exist; the cluster has ${list(names)}`,
        fix: "Install the controller that brings the class, or name a class that exists",
        about: [refOf("Ingress", lost)],
      };
    },
  },
  {
    cause: "ingress-without-class",
    link: Link.LoadBalancer,
    means:
      "The Ingress names no class, and no IngressClass is the default one. Most controllers then leave it alone.",
    evidence: "`spec.ingressClassName` and annotations of the Ingress; IngressClasses",
    remedy: "Set `ingressClassName`.",
    find: (view) => {
      const { ingressClasses } = view.objects;
      if (ingressClasses === undefined) return undefined;
      if (ingressClasses.some(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS] === "true"))
        return undefined;
      const lost = ingressesOf(view).find(
        ({ metadata, spec, status }) =>
          spec?.ingressClassName === undefined &&
          metadata?.annotations?.[LEGACY_CLASS] === undefined &&
          (status?.loadBalancer?.ingress ?? []).length === 0,
      );
      if (lost === undefined) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `Ingress ${lost.metadata?.name} names no class, and no IngressClass is the default`,
        fix: "Set ingressClassName to the class of the controller that should serve it",
        about: [refOf("Ingress", lost)],
      };
    },
  },
  {
    cause: "gateway-not-served",
    link: Link.LoadBalancer,
    means: "No controller has accepted the Gateway or the route in front of the Service.",
    evidence:
      "Conditions `Accepted` and `Programmed` of the Gateway; conditions of the HTTPRoute's parents",
    remedy: "Install a controller for the GatewayClass, or correct what the condition names.",
    find: (view) => {
      for (const { route } of routesOf(view)) {
        for (const parent of route.spec?.parentRefs ?? []) {
          const gateway = (view.objects.gateways ?? []).find(
            ({ metadata }) =>
              metadata?.name === parent.name &&
              metadata?.namespace === (parent.namespace ?? route.metadata?.namespace),
          );
          const own = (route.status?.parents ?? []).flatMap(({ conditions = [] }) => conditions);
          const failed =
            conditionOf(gateway?.status?.conditions, "Accepted") ??
            conditionOf(gateway?.status?.conditions, "Programmed");
          const bad =
            failed !== undefined && failed.status !== "True"
              ? failed
              : own.find(({ status, type }) => type === "Accepted" && status === "False");
          if (bad === undefined) continue;
          return {
            sentence: `Gateway ${parent.name} in front of the Service is not served: ${brief(bad.message ?? bad.reason)}`,
            fix: `Install a controller for GatewayClass ${gateway?.spec?.gatewayClassName ?? "of the Gateway"}, or correct what the condition names`,
            about: [refOf("HTTPRoute", route), { kind: "Gateway", name: parent.name ?? "?" }],
          };
        }
      }
      return undefined;
    },
  },
];

const missingPort = (view: View, entry: ObjectRef, wanted: string | number) => ({
  sentence: `${entry.kind} ${entry.name} asks for ${view.name}:${wanted}; the Service has ${portsText(view)}`,
  fix: `Use a port of Service ${view.name} in ${entry.kind} ${entry.name}`,
  about: [entry, refOf("Service", view.service)],
});
