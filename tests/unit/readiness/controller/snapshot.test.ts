import type { CoreV1Event, V1ManagedFieldsEntry, V1Service } from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { KubernetesApis } from "../../../../components/cluster/client.ts";
import {
  observationOf,
  type Snapshot,
  takeSnapshot,
} from "../../../../components/readiness/controller/snapshot.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 12, 0, second));
const wrote = (field: string, second: number, subresource?: string): V1ManagedFieldsEntry => ({
  manager: "m",
  operation: "Apply",
  fieldsV1: { [field]: {} },
  time: at(second),
  ...(subresource === undefined ? {} : { subresource }),
});

interface Like {
  readonly port?: number;
  readonly uid?: string;
  readonly label?: string;
  readonly annotation?: string;
  readonly managedFields?: V1ManagedFieldsEntry[];
}

function service(like: Like = {}): V1Service {
  const { annotation = "a", label = "l", managedFields = [], port = 80, uid = "u" } = like;
  return {
    metadata: {
      uid,
      creationTimestamp: at(0),
      labels: { label },
      annotations: { annotation },
      managedFields: [wrote("f:spec", 0), ...managedFields],
    },
    spec: { type: "LoadBalancer", ports: [{ port }] },
    status: { loadBalancer: { ingress: [{ hostname: "h" }] } },
  };
}

const look = (like: Like = {}, version = 5): Snapshot => ({
  service: service(like),
  events: [],
  version: BigInt(version),
});
const changeOf = (now: Snapshot, before?: Snapshot) => observationOf(now, before).change;

beforeEach(() => {
  vi.useFakeTimers({ now: at(59) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("observationOf", () => {
  test("observationOf: sees the address and the uid when there are some", () => {
    const { addressed, now, uid } = observationOf(look(), undefined);

    expect({ addressed, now, uid }).toEqual({ addressed: true, now: at(59).getTime(), uid: "u" });
  });

  test("observationOf: sees no address when none is assigned", () => {
    const pending = { ...look(), service: { ...service(), status: { loadBalancer: {} } } };

    expect(observationOf(pending, undefined).addressed).toBe(false);
  });

  test("observationOf: has the creation as the last change when nothing was written since", () => {
    expect(changeOf(look())).toEqual({ time: at(0).getTime(), created: true });
  });

  test.each<[string, V1ManagedFieldsEntry]>([
    ["the status", wrote("f:status", 9, "status")],
    ["a spec of the status", wrote("f:spec", 9, "status")],
    ["finalizers or annotations", wrote("f:metadata", 9)],
  ])(
    "observationOf: has the creation as the last change when only %s was written since",
    (_, entry) => {
      expect(changeOf(look({ managedFields: [entry] })).created).toBe(true);
    },
  );

  test("observationOf: has the last writing of the spec as the last change when there are several", () => {
    const managedFields = [wrote("f:spec", 7), wrote("f:spec", 3)];

    expect(changeOf(look({ managedFields }))).toEqual({ time: at(7).getTime(), created: false });
  });

  test.each([
    ["a port", { port: 443 }],
    ["an annotation", { annotation: "b" }],
  ])(
    "observationOf: goes by the versions of events when this update has changed %s",
    (_, changed) => {
      const now = look({ ...changed, managedFields: [wrote("f:spec", 9)] }, 8);

      expect(changeOf(now, look())).toEqual({ time: at(9).getTime(), created: false, version: 5n });
    },
  );

  test("observationOf: goes by the versions of events when the change was within the second of the creation", () => {
    expect(changeOf(look({ port: 443 }), look()).created).toBe(false);
  });

  test("observationOf: keeps the change of before when this update has changed nothing the controller acts on", () => {
    const before = look({ managedFields: [wrote("f:spec", 3)] });
    const now = look({ label: "other", managedFields: [wrote("f:spec", 9)] });

    expect(changeOf(now, before)).toEqual({ time: at(3).getTime(), created: false });
  });

  test("observationOf: has the creation as the last change when the Service is another one than before", () => {
    expect(changeOf(look({ uid: "new", port: 443 }), look())).toMatchObject({ created: true });
  });
});

describe("lookAt", () => {
  const event = (more: Partial<CoreV1Event>): CoreV1Event => ({
    metadata: { resourceVersion: "41" },
    involvedObject: {},
    reason: "R",
    message: " text\n",
    ...more,
  });

  test("takeSnapshot: asks for the Service's own events and notes their version", async () => {
    const asked: unknown[] = [];
    const core = {
      readNamespacedService: async (request: unknown) => {
        asked.push(request);
        return service();
      },
      listNamespacedEvent: async (request: unknown) => {
        asked.push(request);
        return {
          metadata: { resourceVersion: "44" },
          items: [
            event({ lastTimestamp: at(1), eventTime: at(0) }),
            event({ series: { lastObservedTime: at(2) }, eventTime: at(0) }),
            event({ eventTime: at(3) }),
            event({}),
          ],
        };
      },
    };

    const { version, events } = await takeSnapshot(
      { core } as unknown as Pick<KubernetesApis, "core">,
      {
        name: "front",
        namespace: "shop",
      },
    );

    expect(asked).toEqual([
      { name: "front", namespace: "shop" },
      { namespace: "shop", fieldSelector: "involvedObject.uid=u" },
    ]);
    expect(version).toBe(44n);
    expect(events.map(({ time }) => time)).toEqual([
      at(1).getTime(),
      at(2).getTime(),
      at(3).getTime(),
      0,
    ]);
    expect(events[0]).toMatchObject({ reason: "R", message: "text", version: 41n });
  });
});
