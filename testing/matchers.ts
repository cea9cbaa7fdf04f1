// TypeScript augments a module only if it is imported; this import does not exist at run time.
import type {} from "vitest";
import { whyNotPublic, whyPublic } from "./exposure.ts";
import { describeManifest, type Manifest } from "./manifest.ts";
import { restrictedViolations } from "./pod-security.ts";
import { podOf, podTemplateOf } from "./pod-template.ts";
import { type ConnectionAttempt, nameOfEnd, whyRefused } from "./reachability.ts";
import {
  declaredPortOf,
  isService,
  protocolOf,
  selectorOf,
  selects,
  serviceSpec,
  targetPortOf,
} from "./service.ts";
import { type ServiceAttempt, whyNotReached } from "./service-reach.ts";

/** The result of a matcher, in the shape of vitest and Jest. */
export interface MatcherResult {
  /** Whether the expectation holds. */
  readonly pass: boolean;
  /** The message if that is not expected. */
  readonly message: () => string;
  /**
   * The actual value, for the displayed difference.
   *
   * @default - no difference is displayed
   */
  readonly actual?: unknown;
  /**
   * The expected value, for the displayed difference.
   *
   * @default - no difference is displayed
   */
  readonly expected?: unknown;
}

/** Matchers for rendered Services, workloads and NetworkPolicies, by name. */
export interface ManifestMatchers<R = unknown> {
  /**
   * Whether a Service sends its traffic to a workload's Pods: its selector matches the labels of the Pod template, in
   * the same namespace. A Service without a selector, or of type ExternalName, selects nothing.
   *
   * @param workload A Deployment, StatefulSet, DaemonSet, Rollout or any other object with a Pod template, or a Pod.
   * `undefined`, such as a manifest that was not found, fails too.
   * @throws TypeError if the received value is not a Service or the workload makes no Pods, because `.not` would pass
   * for the wrong reason.
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
   */
  toSelect: (workload: Manifest | undefined) => R;
  /**
   * Whether a Service's port leads to a declared port of the Pods of a selected workload, by number or by name, with
   * the same protocol. Kubernetes itself accepts any number, so only the first request would reveal a wrong one.
   *
   * @param port The port that clients connect to.
   * @param workload The workload behind the Service, as {@link ManifestMatchers.toSelect} takes it.
   * @throws TypeError if the received value is not a Service or the workload makes no Pods, because `.not` would pass
   * for the wrong reason.
   */
  toExposePort: (port: number, workload: Manifest | undefined) => R;
  /**
   * Whether the internet can reach a Service through a load balancer: its type is LoadBalancer, nothing makes the load
   * balancer internal, and its source ranges are not all private networks.
   *
   * Ranges are checked per address family, as the component does: a family without a range is open, and a Service
   * without `ipFamilies` has IPv4 addresses. Annotations that make its ranges ineffective open it too, such as custom
   * security groups on AWS.
   *
   * A Service without an annotation for its exposure counts as public: without source ranges it is open to everyone,
   * and controllers disagree about the default. The annotations of AWS, Google Cloud, Azure, DigitalOcean, Hetzner,
   * OpenStack and Oracle Cloud for internal load balancers are known, and so is the default of the AWS Load Balancer
   * Controller, which is internal if its class or type is stated. `.not.toBePublic()` may fail for a controller that is
   * not known here. An annotation is assumed to belong to the cluster's own cloud: another cloud would ignore it.
   *
   * Only the Service is checked. Node ports, an Ingress or a Gateway in front of it, and a route from the nodes'
   * network to the internet are not considered.
   *
   * @throws TypeError if the received value is not a Service, because `.not` would pass for the wrong reason.
   */
  toBePublic: () => R;
  /**
   * Whether a namespace that enforces the Pod Security Standard "restricted" admits the Pods of a workload, by the
   * checks of Kubernetes 1.36. Kubernetes itself admits the workload and rejects its Pods, so `up` would wait until its
   * timeout. A namespace with exemptions or with an older version may decide otherwise.
   *
   * @throws TypeError if the received value makes no Pods, because `.not` would pass for the wrong reason.
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  toPassRestricted: () => R;
  /**
   * Whether the NetworkPolicies among some manifests allow a connection: those of the client Pods and those of the
   * server Pods. `mayConnect` documents what is checked and what is not.
   *
   * @param attempt The client, the server and the port of the Pods.
   * @throws TypeError if the received value is not a list of manifests, or if an end is neither an address nor makes
   * Pods.
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   */
  toAllowConnection: (attempt: ConnectionAttempt) => R;
  /**
   * Whether a client reaches the Pods behind a Service of some manifests: the Service has the port and selects Pods, and
   * the NetworkPolicies let the client connect to the port that it leads to, on all of these Pods. A Service without a
   * selector and one of type ExternalName have no Pods.
   *
   * @param attempt The client, the Service and its port.
   * @throws TypeError if the received value is not a list of manifests, if the Service is none, or if the client is
   * neither an address nor makes Pods.
   */
  toReach: (attempt: ServiceAttempt) => R;
}

/**
 * Matchers for the Services and workloads among rendered manifests. Importing them registers nothing:
 *
 * ```ts
 * import { matchers } from "pulumi-kubernetes-services/testing/matchers";
 * import { expect } from "vitest";
 *
 * expect.extend(matchers);
 * ```
 *
 * Importing this module also declares the matchers for TypeScript, for vitest 5 and later.
 */
export const matchers = {
  /** Whether a Service selects the Pods of a workload, in the workload's own namespace. */
  toSelect: (received: Manifest, given: Manifest | undefined): MatcherResult => {
    const service = serviceIn("toSelect", received);
    const { template, workload } = workloadIn("toSelect", given);
    const [from, to] = [describeManifest(service), describeManifest(workload)];
    const selector = selectorOf(service);
    const pass = selects(service, workload);
    const details =
      `  Selector:   ${selector === undefined ? "none, which selects nothing" : show(selector)}\n` +
      `  Pod labels: ${show(template.labels)}\n` +
      `  Namespaces: ${namespaceIn(service)} and ${namespaceIn(workload)}`;
    return {
      pass,
      message: () => `Expected ${from}${not(pass)} to select the Pods of ${to}\n\n${details}`,
    };
  },
  /** Whether a Service's port leads to a port that a workload's Pods declare. */
  toExposePort: (received: Manifest, port: number, given: Manifest | undefined): MatcherResult => {
    const service = serviceIn("toExposePort", received);
    const { workload } = workloadIn("toExposePort", given);
    const [from, to] = [describeManifest(service), describeManifest(workload)];
    const why = whyNotExposed(service, port, workload);
    const pass = why === undefined;
    const details = why ?? "It ends in a port that the Pods declare";
    return {
      pass,
      message: () => `Expected ${from}${not(pass)} to expose port ${port} of ${to}\n\n  ${details}`,
    };
  },
  /** Whether the internet can reach a Service. */
  toBePublic: (received: Manifest): MatcherResult => {
    const service = serviceIn("toBePublic", received);
    const why = whyNotPublic(service);
    const pass = why === undefined;
    return {
      pass,
      message: () =>
        `Expected ${describeManifest(service)}${not(pass)} to be public\n\n` +
        `  The internet can${pass ? "" : "not"} reach it: ${why ?? whyPublic(service)}`,
    };
  },
  /** Whether Pods pass the "restricted" Pod Security Standard. */
  toPassRestricted: (received: Manifest): MatcherResult => {
    workloadIn("toPassRestricted", received);
    const violations = restrictedViolations(podOf(received) ?? {});
    const pass = violations.length === 0;
    const details = pass ? "It violates nothing" : violations.join("\n  ");
    const what = 'the Pod Security Standard "restricted"';
    return {
      pass,
      message: () =>
        `Expected ${describeManifest(received)}${not(pass)} to pass ${what}\n\n  ${details}`,
    };
  },
  /** Whether the NetworkPolicies among some manifests allow a connection. */
  toAllowConnection: (received: readonly Manifest[], attempt: ConnectionAttempt): MatcherResult => {
    const why = whyRefused(manifestsIn("toAllowConnection", received), attempt);
    const pass = why === undefined;
    const { from, port, protocol = "TCP", to } = attempt;
    const details = why ?? "No NetworkPolicy closes it, or one opens it";
    return {
      pass,
      message: () =>
        `Expected the NetworkPolicies${not(pass)} to allow ${nameOfEnd(from)} to connect to ${nameOfEnd(to)} on ${port}/${protocol}\n\n  ${details}`,
    };
  },
  /** Whether a client reaches the Pods behind a Service. */
  toReach: (received: readonly Manifest[], attempt: ServiceAttempt): MatcherResult => {
    const manifests = manifestsIn("toReach", received);
    const service = serviceIn("toReach", attempt.service);
    const why = whyNotReached(manifests, attempt);
    const pass = why === undefined;
    const { from, port, protocol = "TCP" } = attempt;
    const details = why ?? "It selects Pods, and no NetworkPolicy closes the way, or one opens it";
    return {
      pass,
      message: () =>
        `Expected ${nameOfEnd(from)}${not(pass)} to reach ${describeManifest(service)} on ${port}/${protocol}\n\n  ${details}`,
    };
  },
} satisfies Record<keyof ManifestMatchers, (...args: never[]) => MatcherResult>;

declare module "vitest" {
  // The type parameters must equal those of vitest's own declaration.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends ManifestMatchers<R> {}
}

function whyNotExposed(service: Manifest, port: number, workload: Manifest): string | undefined {
  const { ports = [] } = serviceSpec(service);
  const found = ports.filter((it) => it.port === port);
  if (found.length === 0) {
    return `The Service's ports: ${ports.map((it) => it.port).join(", ") || "none"}`;
  }
  if (!selects(service, workload)) {
    return "The Service does not select the Pods, see toSelect";
  }
  const missing = found.filter((it) => declaredPortOf(it, workload) === undefined);
  const declared = workloadIn("toExposePort", workload).template.ports.map(
    (it) => `${it.name ?? "unnamed"} ${it.containerPort}/${protocolOf(it)}`,
  );
  return missing.length === 0
    ? undefined
    : `It ends in ${missing.map((it) => `${targetPortOf(it)}/${protocolOf(it)}`).join(" and ")}, ` +
        `the Pods declare: ${declared.join(", ") || "none"}`;
}

function serviceIn(matcher: string, received: unknown): Manifest {
  const manifest = manifestIn(received);
  if (manifest === undefined || !isService(manifest)) {
    throw new TypeError(`Cannot judge by ${matcher}: ${nameOf(received)} is not a Service`);
  }
  return manifest;
}

function workloadIn(matcher: string, given: unknown) {
  const workload = manifestIn(given);
  const template = workload === undefined ? undefined : podTemplateOf(workload);
  if (workload === undefined || template === undefined) {
    throw new TypeError(`Cannot judge by ${matcher}: ${nameOf(given)} makes no Pods`);
  }
  return { workload, template };
}

function manifestsIn(matcher: string, received: unknown): readonly Manifest[] {
  if (!Array.isArray(received) || !received.every((it) => manifestIn(it) !== undefined)) {
    throw new TypeError(
      `Cannot judge by ${matcher}: ${nameOf(received)} is not a list of manifests`,
    );
  }
  return received;
}

function manifestIn(value: unknown): Manifest | undefined {
  const { kind, metadata } = (value ?? {}) as Partial<Manifest>;
  return typeof kind === "string" && typeof metadata === "object" ? (value as Manifest) : undefined;
}

function nameOf(value: unknown): string {
  const manifest = manifestIn(value);
  return manifest === undefined ? String(value) : describeManifest(manifest);
}

function namespaceIn({ metadata }: Manifest): string {
  return metadata.namespace ?? "the provider's";
}

function show(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.sort().join(", ") || "none";
}

function not(pass: boolean): string {
  return pass ? " not" : "";
}
