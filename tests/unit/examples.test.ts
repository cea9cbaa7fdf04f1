import { describe, expect, test } from "vitest";
import { type Manifest, renderManifests, topology } from "../../testing/index.ts";
import { matchers } from "../../testing/matchers.ts";

expect.extend(matchers);

const ofKind = (manifests: readonly Manifest[], kind: string) =>
  manifests.find((it) => it.kind === kind) as Manifest;
const callerIn = (namespace: string): Manifest => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "controller", namespace },
});
// A program that is imported runs once.
const rendered = {
  ingress: await renderManifests(() => import("../../examples/ingress/index.ts"), {
    project: "ingress-example",
    stack: "dev",
  }),
  httpRoute: await renderManifests(() => import("../../examples/http-route/index.ts"), {
    project: "http-route-example",
    stack: "dev",
  }),
};

test.each([
  ["ingress", rendered.ingress, "ingress-nginx"],
  ["http-route", rendered.httpRoute, "gateways"],
])(
  "examples/%s: lets in whom it routes by, and nobody else, when rendered",
  (_, manifests, from) => {
    const to = ofKind(manifests, "Deployment");

    expect(manifests).toAllowConnection({ from: callerIn(from), to, port: 8080 });
    expect(manifests).not.toAllowConnection({ from: callerIn("elsewhere"), to, port: 8080 });
    expect(ofKind(manifests, "Service")).toExposePort(80, to);
    expect(topology(manifests)).toContain("  route1 --> service1\n");
  },
);

describe("backendRefs", () => {
  test("examples/ingress: leads to the Backend's Service when rendered", () => {
    expect(ofKind(rendered.ingress, "Ingress")["spec"]).toMatchObject({
      rules: [
        { http: { paths: [{ backend: { service: { name: "shop", port: { number: 80 } } } }] } },
      ],
    });
  });

  test("examples/http-route: leads to the Backend's Service when rendered", () => {
    expect(ofKind(rendered.httpRoute, "HTTPRoute")["spec"]).toMatchObject({
      rules: [{ backendRefs: [{ name: "shop", namespace: "http-route-example", port: 80 }] }],
    });
  });
});
