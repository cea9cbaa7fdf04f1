// A module is augmented only where TypeScript has been told of it; nothing of this is left at run time.
import type {} from "vitest";
import { describeManifest, type Manifest } from "./manifest.ts";
import { restrictedViolations } from "./pod-security.ts";
import { podOf, podTemplateOf } from "./pod-template.ts";
import { whyNotPublic, whyPublic } from "./public.ts";
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

/** What a matcher answers, as vitest and Jest want it. */
export interface MatcherResult {
  /** Whether it holds. */
  readonly pass: boolean;
  /** What to tell where that is not what was expected. */
  readonly message: () => string;
  /**
   * What there was, for the difference that is shown.
   *
   * @default - no difference is shown
   */
  readonly actual?: unknown;
  /**
   * What there should have been, for the difference that is shown.
   *
   * @default - no difference is shown
   */
  readonly expected?: unknown;
}

/** Matchers for rendered Services, workloads and NetworkPolicies, by name. */
export interface ManifestMatchers<R = unknown> {
  /**
   * Whether a Service sends its traffic to a workload's Pods: its selector matches the labels of the Pod template, in
   * the same namespace. A Service without a selector, or of type ExternalName, selects nothing.
   *
   * @param workload A Deployment, StatefulSet, DaemonSet, Rollout or whatever else has a Pod template, or a Pod. What
   * was looked for and not found fails, too.
   * @throws TypeError if what is judged is no Service, or the workload makes no Pods: `.not` would pass for nothing.
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
   */
  toSelect: (workload: Manifest | undefined) => R;
  /**
   * Whether a Service's port ends in a port that the Pods of a workload it selects declare, by number or by name, of the
   * same protocol. Kubernetes itself takes any number, so a wrong one is found out by the first request.
   *
   * @param port The port that clients connect to.
   * @param workload The workload behind the Service, as {@link ManifestMatchers.toSelect} takes it.
   * @throws TypeError if what is judged is no Service, or the workload makes no Pods: `.not` would pass for nothing.
   */
  toExposePort: (port: number, workload: Manifest | undefined) => R;
  /**
   * Whether the internet can reach a Service through a load balancer: its type is LoadBalancer, nothing says that the
   * load balancer is internal, and its source ranges are not all private networks.
   *
   * Ranges are judged by families of addresses, as the component does: one without a range of its own is open, and a
   * Service that does not say has IPv4 addresses. So do annotations open it that leave its ranges without effect, such as
   * security groups of one's own on AWS.
   *
   * Silence is read as public: a Service without source ranges is open to anywhere, and controllers disagree about what
   * no annotation means. The ways of AWS, Google Cloud, Azure, DigitalOcean, Hetzner, OpenStack and Oracle Cloud to say
   * internal are known, and the AWS Load Balancer Controller's default, which is internal where its class or type is
   * stated. So `.not.toBePublic()` may fail for a controller that is not known here. That an annotation is said to the
   * cloud the cluster is in is taken for granted: another one would not read it.
   *
   * It judges the Service alone. Node ports, an Ingress or a Gateway in front of it, and whether the nodes' network has
   * a way to the internet, are not in it.
   *
   * @throws TypeError if what is judged is no Service: `.not` would pass for nothing.
   */
  toBePublic: () => R;
  /**
   * Whether a namespace that enforces the Pod Security Standard "restricted" admits the Pods of a workload, judged by the
   * checks of Kubernetes 1.36. Kubernetes itself admits the workload and refuses its Pods, so `up` would wait for long.
   * A namespace with exemptions, or that enforces an older version, may judge otherwise.
   *
   * @throws TypeError if what is judged makes no Pods: `.not` would pass for nothing.
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  toPassRestricted: () => R;
  /**
   * Whether the NetworkPolicies among some manifests let a connection be made: those of the Pods that connect, and those
   * of the Pods that answer. What is judged, and what is not, is said at `mayConnect`.
   *
   * @param attempt Who connects to whom, and to which port of the Pods.
   * @throws TypeError if what is judged is no list of manifests, or an end is neither an address nor makes Pods.
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   */
  toAllowConnection: (attempt: ConnectionAttempt) => R;
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
 * Importing this module also tells TypeScript of the matchers, for vitest 5 and later.
 */
export const matchers = {
  /** Whether a Service selects the Pods of a workload, in the workload's own namespace. */
  toSelect: (received: Manifest, given: Manifest | undefined): MatcherResult => {
    const service = serviceIn("toSelect", received);
    const { template, workload } = workloadIn("toSelect", given);
    const [from, to] = [describeManifest(service), describeManifest(workload)];
    const selector = selectorOf(service);
    const pass = selects(service, workload);
    const facts =
      `  Selector:   ${selector === undefined ? "none, which selects nothing" : show(selector)}\n` +
      `  Pod labels: ${show(template.labels)}\n` +
      `  Namespaces: ${namespaceIn(service)} and ${namespaceIn(workload)}`;
    return {
      pass,
      message: () => `Expected ${from}${not(pass)} to select the Pods of ${to}\n\n${facts}`,
    };
  },
  /** Whether a Service leads from a port of its own to one that a workload's Pods declare. */
  toExposePort: (received: Manifest, port: number, given: Manifest | undefined): MatcherResult => {
    const service = serviceIn("toExposePort", received);
    const { workload } = workloadIn("toExposePort", given);
    const [from, to] = [describeManifest(service), describeManifest(workload)];
    const why = whyNotExposed(service, port, workload);
    const pass = why === undefined;
    const facts = why ?? "It ends in a port that the Pods declare";
    return {
      pass,
      message: () => `Expected ${from}${not(pass)} to expose port ${port} of ${to}\n\n  ${facts}`,
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
    const facts = pass ? "It violates nothing" : violations.join("\n  ");
    const what = 'the Pod Security Standard "restricted"';
    return {
      pass,
      message: () =>
        `Expected ${describeManifest(received)}${not(pass)} to pass ${what}\n\n  ${facts}`,
    };
  },
  /** Whether the NetworkPolicies among some manifests let a connection be made. */
  toAllowConnection: (received: readonly Manifest[], attempt: ConnectionAttempt): MatcherResult => {
    const why = whyRefused(manifestsIn("toAllowConnection", received), attempt);
    const pass = why === undefined;
    const { from, port, protocol = "TCP", to } = attempt;
    const facts = why ?? "No NetworkPolicy closes it, or one opens it";
    return {
      pass,
      message: () =>
        `Expected the NetworkPolicies${not(pass)} to allow ${nameOfEnd(from)} to connect to ${nameOfEnd(to)} on ${port}/${protocol}\n\n  ${facts}`,
    };
  },
} satisfies Record<keyof ManifestMatchers, (...args: never[]) => MatcherResult>;

declare module "vitest" {
  // The type parameters have to be those of vitest's own declaration.
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
