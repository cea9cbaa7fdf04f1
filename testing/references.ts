import type { Manifest } from "./manifest.ts";
import { podOf } from "./pod-template.ts";

/** A Service that another object names. */
export interface ServiceReference {
  readonly name: string;
  readonly namespace?: string | undefined;
}

interface IngressBackend {
  readonly service?: { readonly name?: string };
}

interface IngressSpec {
  readonly defaultBackend?: IngressBackend;
  readonly rules?: readonly {
    readonly http?: { readonly paths?: readonly { readonly backend?: IngressBackend }[] };
  }[];
}

interface RouteSpec {
  readonly rules?: readonly {
    readonly backendRefs?: readonly {
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
    }[];
  }[];
}

/** A Service's DNS name, alone or in a URL: `my-backend.shop.svc`, `http://my-backend.shop.svc.cluster.local:8080/v1`. */
const SERVICE_HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::\d+)?(?:[/?#].*)?$/;

/** The Services to which the environment variables of a workload's containers refer, as hosts or URLs. */
export function calledServices(workload: Manifest): readonly ServiceReference[] {
  const { containers = [], initContainers = [] } = podOf(workload)?.spec ?? {};
  const values = [...initContainers, ...containers].flatMap(({ env }) => env ?? []);
  return values.flatMap(({ value }) => {
    const [, name, namespace] = SERVICE_HOST.exec(value ?? "") ?? [];
    return name === undefined ? [] : [{ name, namespace }];
  });
}

/** Whether an object routes outside requests to Services: an Ingress, or a route of the Gateway API. */
export function isRoute({ apiVersion, kind }: Manifest): boolean {
  return apiVersion.startsWith("gateway.networking.k8s.io/")
    ? kind.endsWith("Route")
    : apiVersion.startsWith("networking.k8s.io/") && kind === "Ingress";
}

/** The Services that an Ingress or a route sends requests to. */
export function routedServices(route: Manifest): readonly ServiceReference[] {
  const { namespace } = route.metadata;
  if (route.kind === "Ingress") {
    const { defaultBackend, rules = [] } = (route["spec"] ?? {}) as IngressSpec;
    const paths = rules.flatMap(({ http }) => http?.paths ?? []);
    return [defaultBackend, ...paths.map(({ backend }) => backend)].flatMap((backend) =>
      backend?.service?.name === undefined ? [] : [{ name: backend.service.name, namespace }],
    );
  }
  const { rules = [] } = (route["spec"] ?? {}) as RouteSpec;
  return rules
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .filter(({ kind = "Service" }) => kind === "Service")
    .map((backend) => ({ name: backend.name, namespace: backend.namespace ?? namespace }));
}
