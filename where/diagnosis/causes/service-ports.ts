import type { Pod } from "../../state/cluster-state.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { type Container, containersOf, declaredPorts, isReady, protocolOf } from "../pods.ts";
import type { Found, Rule } from "../rule.ts";
import { readyFor, type ServicePort, type View } from "../view.ts";
import { list, refOf } from "../words.ts";

const targetOf = ({ port, targetPort }: ServicePort): string | number | undefined =>
  targetPort ?? port;

const hasName = (pod: Pod, port: ServicePort): boolean =>
  declaredPorts(pod).some(
    (it) => it.name === targetOf(port) && protocolOf(it) === protocolOf(port),
  );

const declared = (pods: readonly Pod[]): string => {
  const texts = pods.flatMap(declaredPorts).map((it) => {
    const name = it.name ? `${it.name} ` : "";
    return `${name}${it.containerPort ?? "?"}/${protocolOf(it)}`;
  });
  return list([...new Set(texts)]);
};

/** Whether a probe that passes asks a port, so that the container surely listens there. */
const isProbed = (pod: Pod, port: number): boolean =>
  isReady(pod) &&
  containersOf(pod).some((container: Container) =>
    [container.readinessProbe, container.livenessProbe, container.startupProbe].some((probe) => {
      const asked = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
      const named = (container.ports ?? []).find(
        ({ name }) => name !== undefined && name === asked,
      );
      return asked === port || named?.containerPort === port;
    }),
  );

const about = (view: View, pods: readonly Pod[]) => [
  refOf("Service", view.service),
  ...pods.slice(0, 3).map((pod) => refOf("Pod", pod)),
];

/** The ports of the Service that are named, and Pods to look for them in. */
const namedPorts = ({ live, ports, slices }: View): readonly ServicePort[] =>
  live.length === 0 || slices === undefined
    ? []
    : ports.filter((it) => typeof targetOf(it) === "string");

/** The ports of the Service. */
export const portRules: readonly Rule[] = [
  {
    cause: "port-not-served",
    link: Link.Service,
    means: "The port that is called is not a port of the Service.",
    evidence: "`spec.ports` of the Service and `--port`",
    remedy: "Call a port of the Service, or add the port.",
    find: (view) => {
      const { port } = view.asked;
      if (view.service === undefined || port === undefined || view.type === "ExternalName")
        return undefined;
      const called = view.headless
        ? view.endpoints.length === 0 ||
          view.endpoints.some(({ ports }) => ports.some((it) => it.port === port))
        : view.ports.some((it) => it.port === port);
      if (called || (view.headless && view.ports.some((it) => it.port === port))) return undefined;
      return {
        sentence: `Service ${view.name} serves ${list(view.ports.map((it) => `${it.port}`))}, not ${port}`,
        fix: `Call one of its ports, or add ${port} to spec.ports`,
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "headless-port-not-translated",
    link: Link.Service,
    means:
      "A headless Service is only a DNS name of its Pods: `port` is not translated to `targetPort`.",
    evidence: "`spec.clusterIP: None`; `port` and the ports of the EndpointSlices differ",
    remedy: "Call the port of the container, or give the Service a cluster IP.",
    find: (view) => {
      if (!view.headless) return undefined;
      for (const port of view.ports) {
        if (view.asked.port !== undefined && view.asked.port !== port.port) continue;
        const [slicePort] = readyFor(view, port).flatMap(({ ports }) =>
          ports.filter((it) => (it.name ?? "") === (port.name ?? "")),
        );
        if (slicePort?.port === undefined || slicePort.port === port.port) continue;
        return {
          certainty: view.asked.port === undefined ? Certainty.Suspect : Certainty.Broken,
          sentence: `The Service is headless: callers must use port ${slicePort.port} of the Pods, because ${port.port} is not translated to it`,
          fix: `Call port ${slicePort.port}, or give the Service a cluster IP`,
          about: [refOf("Service", view.service)],
        };
      }
      return undefined;
    },
  },
  {
    cause: "protocol-mismatch",
    link: Link.Service,
    means:
      "The Service forwards one protocol, and the container declares the port for another one.",
    evidence: "`protocol` of the Service's port and of the container's port",
    remedy: "Use the same `protocol` in both.",
    find: (view) => {
      for (const port of view.ports) {
        const target = targetOf(port);
        const same = view.live
          .flatMap(declaredPorts)
          .filter(
            (it) => it.containerPort === target || (it.name !== undefined && it.name === target),
          );
        if (same.length === 0 || same.some((it) => protocolOf(it) === protocolOf(port))) continue;
        return {
          certainty: typeof target === "string" ? Certainty.Broken : Certainty.Suspect,
          sentence: `The Service forwards ${protocolOf(port)} to ${target}, and the containers declare it for ${same.map(protocolOf)[0]}`,
          fix: `Set protocol: ${same.map(protocolOf)[0]} at the Service's port, or correct the container's`,
          about: about(view, view.live),
        };
      }
      return undefined;
    },
  },
  {
    cause: "target-port-name-missing",
    link: Link.Service,
    means: "`targetPort` is a name, and no container of the Pods has a port of that name.",
    evidence: "`spec.ports[].targetPort` of the Service; `ports[].name` of the containers",
    remedy: "Name the container's port, or use its number as `targetPort`.",
    find: (view) => {
      const port = namedPorts(view).find((it) => !view.live.some((pod) => hasName(pod, it)));
      if (port === undefined || protocolDiffers(view, port)) return undefined;
      return {
        sentence: `targetPort ${targetOf(port)} is a port of no container; the Pods have ${declared(view.live)}`,
        fix: `Name the container's port ${targetOf(port)}, or use its number as targetPort`,
        about: about(view, view.live),
      };
    },
  },
  {
    cause: "target-port-name-differs",
    link: Link.Service,
    means:
      "Some of the Pods have a port of this name and others do not, for example because a version renamed it.",
    evidence:
      "`spec.ports[].targetPort` of the Service; `ports[].name` of the containers of each Pod",
    remedy: "Give the port the same name in every version.",
    find: (view) => {
      for (const port of namedPorts(view)) {
        const lacking = view.live.filter((pod) => !hasName(pod, port));
        if (lacking.length === 0 || lacking.length === view.live.length) continue;
        return {
          sentence: `${lacking.length} of ${view.live.length} Pods have no port named ${targetOf(port)}, but ${declared(lacking)}`,
          fix: `Name the port ${targetOf(port)} in every version, or use its number as targetPort`,
          about: about(view, lacking),
        };
      }
      return undefined;
    },
  },
  {
    cause: "target-port-undeclared",
    link: Link.Service,
    means:
      "The containers declare ports, and `targetPort` is none of them. Declaring ports is optional, so this is a suspicion.",
    evidence:
      "`spec.ports[].targetPort` of the Service; `ports[].containerPort` and probes of the containers",
    remedy: "Use the port on which the container listens as `targetPort`, or declare the port.",
    find: (view) => undeclared(view),
  },
];

const protocolDiffers = (view: View, port: ServicePort): boolean =>
  view.live
    .flatMap(declaredPorts)
    .some((it) => it.name !== undefined && it.name === targetOf(port));

function undeclared(view: View): Found | undefined {
  if (view.type === "ExternalName") return undefined;
  const used = view.live.flatMap(declaredPorts);
  for (const port of view.ports) {
    const target = targetOf(port);
    if (typeof target !== "number" || used.length === 0) continue;
    const isKnown =
      used.some(({ containerPort }) => containerPort === target) ||
      view.live.some((pod) => isProbed(pod, target));
    // Ports that other ports of the Service use explain nothing about this one.
    const free = used.filter(
      ({ containerPort, name }) =>
        !view.ports.some(
          (it) =>
            it !== port &&
            (targetOf(it) === containerPort || (name !== undefined && targetOf(it) === name)),
        ),
    );
    if (isKnown || free.length === 0) continue;
    return {
      certainty: Certainty.Suspect,
      sentence: `targetPort is ${target}, and the containers declare ${declared(view.live)}`,
      fix: `Set targetPort to the port on which the container listens, or declare containerPort ${target}`,
      about: about(view, view.live),
    };
  }
  return undefined;
}
