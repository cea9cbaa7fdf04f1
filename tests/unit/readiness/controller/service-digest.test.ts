import { describe, expect, test } from "vitest";
import { serviceDigest } from "../../../../components/readiness/controller/service-digest.ts";

const port = { name: "http", protocol: "TCP", port: 80, nodePort: 30080, targetPort: 8080 };
const spec = {
  type: "LoadBalancer",
  loadBalancerClass: "example.com/one",
  loadBalancerSourceRanges: ["10.0.0.0/8"],
  externalTrafficPolicy: "Local",
  healthCheckNodePort: 30081,
  ipFamilies: ["IPv4"],
  sessionAffinity: "ClientIP",
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
  ports: [port],
};
const annotations = { one: "1", other: "2" };

describe("digestOf", () => {
  test.each<[string, object]>([
    ["type", { type: "NodePort" }],
    ["loadBalancerClass", { loadBalancerClass: "example.com/other" }],
    ["loadBalancerSourceRanges", { loadBalancerSourceRanges: ["10.0.0.0/9"] }],
    ["loadBalancerIP", { loadBalancerIP: "10.0.0.1" }],
    ["externalIPs", { externalIPs: ["10.0.0.1"] }],
    ["externalTrafficPolicy", { externalTrafficPolicy: "Cluster" }],
    ["healthCheckNodePort", { healthCheckNodePort: 30082 }],
    ["ipFamilies", { ipFamilies: ["IPv4", "IPv6"] }],
    ["sessionAffinity", { sessionAffinity: "None" }],
    ["sessionAffinityConfig", { sessionAffinityConfig: { clientIP: { timeoutSeconds: 61 } } }],
    ["number of ports", { ports: [port, { ...port, name: "https", port: 443 }] }],
    ["ports[].name", { ports: [{ ...port, name: "web" }] }],
    ["ports[].protocol", { ports: [{ ...port, protocol: "UDP" }] }],
    ["ports[].port", { ports: [{ ...port, port: 81 }] }],
    ["ports[].nodePort", { ports: [{ ...port, nodePort: 30083 }] }],
    ["ports[].appProtocol", { ports: [{ ...port, appProtocol: "http" }] }],
  ])("serviceDigest: changes when %s does", (_, change) => {
    expect(serviceDigest({ ...spec, ...change }, annotations)).not.toBe(
      serviceDigest(spec, annotations),
    );
  });

  test.each([
    ["changes", { one: "2", other: "2" }],
    ["is added", { one: "1", other: "2", third: "3" }],
    ["is gone", { one: "1" }],
  ])("serviceDigest: changes when an annotation %s", (_, changed) => {
    expect(serviceDigest(spec, changed)).not.toBe(serviceDigest(spec, annotations));
  });

  test.each<[string, object]>([
    ["ports[].targetPort", { ports: [{ ...port, targetPort: 9090 }] }],
    ["selector", { selector: { app: "other" } }],
    ["internalTrafficPolicy", { internalTrafficPolicy: "Local" }],
    ["an absent list, by being empty,", { externalIPs: [] }],
    ["an absent field, by being undefined,", { loadBalancerIP: undefined }],
  ])("serviceDigest: stays when %s changes", (_, change) => {
    expect(serviceDigest({ ...spec, ...change }, annotations)).toBe(
      serviceDigest(spec, annotations),
    );
  });

  test("serviceDigest: stays when keys come in another order", () => {
    const reordered = Object.fromEntries(Object.entries(spec).reverse());

    expect(serviceDigest(reordered, { other: "2", one: "1" })).toBe(
      serviceDigest(spec, annotations),
    );
  });
});
