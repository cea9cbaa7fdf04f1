import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { healthPortRules } from "../../local/nodes/close-health-port.ts";
import { filterPackets } from "../../local/nodes/filter-packets.ts";
import { machinePid } from "../../local/nodes/machine.ts";
import { realNodes } from "../../local/nodes/names.ts";
import { KUBE_ROUTER_HEALTH_PORT } from "../../local/nodes/node-processes.ts";
import { core, network, paths } from "../engine/rig.ts";
import { judge } from "../port-sweep/judge.ts";
import { listenersOf, surroundingsOf } from "../port-sweep/listening.ts";
import { servePageOf } from "../port-sweep/page.ts";
import { beyondHealth, sweep } from "../port-sweep/sweep.ts";
import { CANARY, createServices, NAMESPACE, removeServices } from "../port-sweep/with-services.ts";
import { clientPod } from "./client-pod.ts";
import { untilRunning } from "./request-loop.ts";

const LONG = 600_000;
const POD = "application";
/** What listens on real nodes, besides the control plane. */
const ON_NODES = ["containerd", "coredns", "haproxy", "kube-proxy", "kube-router", "kubelet"];

beforeAll(async () => {
  await createServices();
  const { metadata, spec } = clientPod(POD, NAMESPACE, { app: POD });
  const ports = [{ containerPort: 8080 }, { containerPort: 9090 }];
  const containers = spec.containers.map((container) => ({ ...container, ports }));
  await core.createNamespacedPod({
    namespace: NAMESPACE,
    body: { metadata, spec: { ...spec, containers } },
  });
  await untilRunning(POD, NAMESPACE);
});
afterAll(removeServices);

test("gives another user health and nothing else, on the machine, on the nodes and in Pods, and lets nobody change anything", {
  timeout: LONG,
}, async ({ annotate }) => {
  const page = await servePageOf(paths);
  const { counts, processes, ...found } = await judge(paths, core, [CANARY]);
  expect(listenersOf(paths).map(({ port }) => port)).toContain(page);

  expect(found).toEqual({ changed: [], exposed: [], leaked: [], told: [] });
  expect(processes).toEqual(expect.arrayContaining(ON_NODES));
  const { ports, requests, sockets } = counts;
  await annotate(
    `Another user, real nodes: ${ports} ports, ${sockets} sockets, ${requests} requests: 0 changes, 0 secrets`,
    "figure",
  );
});

test("finds what kube-router tells about its inside when nothing closes the port of its health", {
  timeout: LONG,
}, async () => {
  const [node] = realNodes(network());
  if (node === undefined) throw new Error("there are no nodes");
  const machine = machinePid(paths, node);
  const ofNode = `/proc/${machine}/ns/net`;
  const { nft } = inject("nodeToolchain").paths;
  await filterPackets(nft, ofNode, "delete table inet health_ports");
  onTestFinished(() => filterPackets(nft, ofNode, healthPortRules));

  const { network: here } = surroundingsOf(machine);
  const listeners = listenersOf(paths).filter(
    ({ pid, port }) => port === KUBE_ROUTER_HEALTH_PORT && surroundingsOf(pid).network === here,
  );
  const told = (await sweep(listeners)).flatMap((one) => beyondHealth(one) ?? []);

  expect(told).toEqual(expect.arrayContaining([expect.stringContaining("/debug/pprof")]));
});
