import { type Followed, followed } from "./endpoints.ts";
import { type SeenPod, untilReady } from "./pods.ts";
import type { Step } from "./step.ts";
import { table } from "./table.ts";
import { leavingNoUnownedPods, removeUnownedPods, startUnownedPod } from "./unowned-pods.ts";
import type { World } from "./world.ts";

const NUMBER = "S4";
const GATE = "pulumi-kubernetes-services.local/tour";

/** What S4 sees. */
export interface EndpointsFollow {
  /** Every Service at first. */
  readonly services: readonly Followed[];
  /** A Pod with the right label. */
  readonly newcomer: SeenPod;
  /** While the newcomer runs and is not ready. */
  readonly notReady: Followed;
  /** When it is. */
  readonly ready: Followed;
  /** When it is gone. */
  readonly gone: Followed;
}

/** S4. */
export const endpointsFollow: Step<EndpointsFollow> = {
  number: NUMBER,
  truth:
    "Every ready Pod that matches is added to a Service's endpoints by itself, and leaves them when it goes; nobody keeps a list.",

  act: (world) => leavingNoUnownedPods(world, NUMBER, () => observe(world)),

  judge({ gone, newcomer, notReady, ready, services }) {
    const problems = [...services, notReady, ready, gone].flatMap(
      ({ endpoints, pods, selector, service }) => {
        if (pods.length > 0 && pods.join() === endpoints.join()) return [];
        return [
          `${service} was to lead to the ready Pods with ${selector} (${listed(pods)}), and leads to ${listed(endpoints)}`,
        ];
      },
    );
    const has = ({ endpoints }: Followed) => endpoints.includes(newcomer.address);
    if (has(notReady)) problems.push(`${newcomer.name} was listed before it was ready`);
    if (!has(ready)) problems.push(`${newcomer.name} was not listed when it was ready`);
    if (has(gone)) problems.push(`${newcomer.name} was listed when it had gone`);
    return problems;
  },

  describe({ gone, newcomer, notReady, ready, services }) {
    const row = (when: string, { endpoints, pods, service }: Followed) => [
      when,
      service,
      listed(pods),
      listed(endpoints),
    ];
    return table([
      ["", "Service", "ready Pods that match", "endpoints"],
      ...services.map((service) => row("at first", service)),
      row(`${newcomer.name} (${newcomer.address}) runs, not ready`, notReady),
      row("it is ready", ready),
      row("it is gone", gone),
    ]);
  },
};

async function observe(world: World): Promise<EndpointsFollow> {
  const { backend, devService, frontService, insideService } = world.example;
  const names = [insideService, devService, frontService];
  const services = await Promise.all(names.map((name) => followed(world, name)));
  const count = services[0]?.pods.length ?? 0;
  world.tell(`starting a Pod with the label app=${backend.app} that is not ready yet`);
  const newcomer = await startUnownedPod(world, {
    step: NUMBER,
    like: backend,
    readinessGate: GATE,
  });
  const notReady = await followed(world, insideService);
  world.tell(`Pod ${newcomer.name} becomes ready`);
  await openGate(world, newcomer);
  await untilReady(world, backend, count + 1, []);
  const ready = await followed(world, insideService);
  world.tell(`deleting Pod ${newcomer.name}`);
  await removeUnownedPods(world, NUMBER);
  return { services, newcomer, notReady, ready, gone: await followed(world, insideService) };
}

/** Sets the condition that the Pod's readiness waits for: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate */
async function openGate({ core, example: { namespace } }: World, { name }: SeenPod) {
  const body = [{ op: "add", path: "/status/conditions/-", value: { type: GATE, status: "True" } }];
  await core.patchNamespacedPodStatus({ name, namespace, body });
}

const listed = (addresses: readonly string[]): string =>
  addresses.length === 0 ? "nobody" : addresses.join(", ");
