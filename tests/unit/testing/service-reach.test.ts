import { expect, test } from "vitest";
import { Backend } from "../../../components/index.ts";
import { type Manifest, renderManifests } from "../../../testing/index.ts";
import { matchers } from "../../../testing/matchers.ts";
import { smallest } from "../support/args.ts";

expect.extend(matchers);

/** A back end that admits one front end, another front end, and a worker that nobody connects to. */
async function shop() {
  const manifests = await renderManifests(
    () => {
      const api = new Backend("api", { ...smallest, allowedCallers: [] });
      new Backend("web", {
        ...smallest,
        connectsTo: { API: { target: api.target, port: "http" } },
      });
      new Backend("reports", smallest);
    },
    { project: "shop-project", stack: "dev" },
  );
  const of = (kind: string, name: string) =>
    manifests.find((it) => it.kind === kind && it.metadata.name === name) as Manifest;
  return { manifests, of };
}

test("toReach: holds when the Service selects Pods and their policies admit the client", async () => {
  const { manifests, of } = await shop();
  const service = of("Service", "api");

  expect(manifests).toReach({ from: of("Deployment", "web"), service, port: 80 });
  expect(manifests).not.toReach({ from: of("Deployment", "reports"), service, port: 80 });
  expect(manifests).not.toReach({ from: "203.0.113.7", service, port: 80 });
});

test("toReach: fails with the reason when the port, the Pods or the policies are missing", async () => {
  const { manifests, of } = await shop();
  const service = of("Service", "api");
  const from = of("Deployment", "web");
  const others = manifests.filter((it) => it !== of("Deployment", "api"));

  expect(() => expect(manifests).toReach({ from, service, port: 8080 })).toThrow(
    "Expected Deployment shop/web to reach Service shop/api on 8080/TCP\n\n  The Service's ports: 80/TCP",
  );
  expect(() => expect(others).toReach({ from, service, port: 80 })).toThrow(
    "The Service selects no Pods of the manifests",
  );
  expect(() =>
    expect(manifests).toReach({ from: of("Deployment", "reports"), service, port: 80 }),
  ).toThrow("lets no connection in from Deployment shop/reports on 8080/TCP");
});

test("toReach: throws when what it gets is no Service", async () => {
  const { manifests, of } = await shop();
  const from = of("Deployment", "web");

  expect(() => expect(manifests).toReach({ from, service: from, port: 80 })).toThrow(TypeError);
});
