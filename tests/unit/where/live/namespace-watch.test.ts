import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpApi } from "../../../../where/api/http-api.ts";
import { NamespaceWatch } from "../../../../where/live/namespace-watch.ts";
import { collectionPath, WATCHED } from "../../../../where/live/watched-kinds.ts";
import { FakeApi } from "../../../shared/where/fake-api.ts";
import { pathOf } from "../../../shared/where/served-shop.ts";

let api: FakeApi;
let watch: NamespaceWatch | undefined;
let changed = Promise.withResolvers<void>();

beforeEach(async () => {
  api = await new FakeApi().start();
  for (const kind of WATCHED) api.serve(collectionPath(kind, "shop"));
});

afterEach(async () => {
  watch?.close();
  await api.stop();
});

/** Watches until the state is as it should be. */
async function until(holds: (watch: NamespaceWatch) => boolean): Promise<NamespaceWatch> {
  watch ??= new NamespaceWatch(httpApi(api.access), "shop", {
    timing: { pause: () => 20 },
    onChange: () => changed.resolve(),
    onError: (error) => changed.reject(error),
  });
  while (!holds(watch)) {
    await changed.promise;
    changed = Promise.withResolvers();
  }
  return watch;
}

afterEach(() => {
  watch = undefined;
  changed = Promise.withResolvers();
});

describe("NamespaceWatch", () => {
  test("asks only for the namespace, and for what belongs to none", async () => {
    await until(({ settled }) => settled);

    const asked = api.requests.filter((it) => !it.includes("watch=")).map((it) => it.split("?")[0]);
    const elsewhere = asked.filter((it) => !it?.includes("/namespaces/shop/"));
    expect(elsewhere.sort()).toEqual([
      "/api/v1/namespaces",
      "/api/v1/nodes",
      "/apis/networking.k8s.io/v1/ingressclasses",
    ]);
    expect(asked.join(" ")).not.toMatch(/secrets|configmaps/);
  });

  test("keeps the fields that a diagnosis reads, and no others", async () => {
    const env = [{ name: "PASSWORD", value: "hunter2" }];
    api.put(pathOf("pods"), {
      metadata: { name: "a", uid: "1" },
      spec: { nodeName: "n1", containers: [{ name: "c", env }] },
    });

    const { objects } = (await until(({ settled }) => settled)).state("web");

    expect(objects.pods).toEqual([
      {
        metadata: { name: "a", uid: "1" },
        spec: { nodeName: "n1", containers: [{ name: "c" }] },
        status: undefined,
      },
    ]);
    expect(JSON.stringify(objects)).not.toContain("hunter2");
  });

  test("has an object of the same name and another uid as another object", async () => {
    api.put(pathOf("pods"), { metadata: { name: "db-0", uid: "1" } });
    await until(({ settled }) => settled);

    api.remove(pathOf("pods"), "db-0");
    api.put(pathOf("pods"), { metadata: { name: "db-0", uid: "2" } });

    const uids = (it: NamespaceWatch) => it.state("").objects.pods?.map((pod) => pod.metadata?.uid);
    await until((it) => uids(it)?.join() === "2");
  });

  test("says what is forbidden, and knows nothing of it instead of nothing there", async () => {
    api.refuse(pathOf("networkPolicies"), 403);

    const state = (await until(({ settled }) => settled)).state("web");

    expect(state.notSeen).toEqual([
      { kind: "networkPolicies", namespace: "shop", reason: "forbidden" },
    ]);
    expect(state.objects).not.toHaveProperty("networkPolicies");
    expect(state.objects.services).toEqual([]);
  });

  test("takes an API group that the server does not have for no trouble", async () => {
    api.refuse(pathOf("httpRoutes"), 404);

    const found = await until(({ settled }) => settled);

    expect(found.troubles).toEqual([]);
    expect(found.state("web").objects).not.toHaveProperty("httpRoutes");
  });

  test("keeps what it knew while the server is away, says so, and goes on when it is back", async () => {
    api.put(pathOf("pods"), { metadata: { name: "a", uid: "1" } });
    await until(({ settled }) => settled);

    await api.stop();
    const away = await until(({ troubles }) => troubles.length === WATCHED.length);
    expect(away.troubles.at(0)?.reason).toMatch(/^unreachable/);
    expect(away.state("web").objects.pods).toHaveLength(1);

    api.put(pathOf("pods"), { metadata: { name: "b", uid: "2" } });
    await api.start();
    await until((it) => it.troubles.length === 0 && it.state("").objects.pods?.length === 2);
  });
});
