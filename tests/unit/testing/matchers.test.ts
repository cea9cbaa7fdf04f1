import { describe, expect, test } from "vitest";
import { Backend, Entrance, Exposure, LoadBalancerService } from "../../../components/index.ts";
import type { Manifest } from "../../../testing/manifest.ts";
import { matchers } from "../../../testing/matchers.ts";
import { renderManifests } from "../../../testing/render-manifests.ts";
import { cluster, minimal } from "../support/args.ts";
import { deployment, service } from "./objects.ts";

expect.extend(matchers);

const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
const AWS = "service.beta.kubernetes.io/aws-load-balancer-";
const loadBalancer = (annotations: object = {}, spec: object = {}) =>
  service({ type: "LoadBalancer", ...spec }, { annotations });

/** The message of an assertion that fails. */
function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The assertion has not failed");
}

test("matchers: agree with the components when a program is rendered", async () => {
  const manifests = await renderManifests(
    () => {
      const { target } = new Backend("web", { ...minimal, entrances: [Entrance.LoadBalancer] });
      const ports = [{ port: 443, targetPort: "http" }];
      const args = { cluster, target, ports };
      new LoadBalancerService("outside", {
        ...args,
        exposure: Exposure.Public,
        sourceRanges: ["0.0.0.0/0"],
      });
      new LoadBalancerService("inside", { ...args, exposure: Exposure.Internal });
      new Backend("other", { ...minimal, serviceName: "other" });
    },
    { project: "shop-project", stack: "dev" },
  );
  const named = (kind: string, name: string) =>
    manifests.find((it) => it.kind === kind && it.metadata.name === name) as Manifest;
  const [web, other] = [named("Deployment", "web"), named("Deployment", "other")];

  for (const name of ["web", "outside", "inside"]) {
    expect(named("Service", name)).toSelect(web);
    expect(named("Service", name)).not.toSelect(other);
  }
  expect(web).toPassRestricted();
  expect(named("Service", "outside")).toExposePort(443, web);
  expect(named("Service", "outside")).toBePublic();
  expect(named("Service", "inside")).not.toBePublic();
});

describe("toSelect", () => {
  test.each<[string, Manifest, Manifest]>([
    ["one label of several is selected on", service(), deployment()],
    [
      "every label is selected on",
      service({ selector: { version: "1", app: "web" } }),
      deployment(),
    ],
    [
      "neither says a namespace",
      service({}, { namespace: undefined }),
      deployment({}, { namespace: undefined }),
    ],
  ])("toSelect: holds when %s", (_, from, to) => {
    expect(from).toSelect(to);
  });

  test("toSelect: reads a Pod's own labels when the workload is a Pod", () => {
    const labels = { app: "web" };
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "a", namespace: "shop", labels },
    };

    expect(service()).toSelect(pod);
    expect(service({ selector: { app: "api" } })).not.toSelect(pod);
  });

  test.each<[string, Manifest, Manifest]>([
    ["a value differs", service({ selector: { app: "api" } }), deployment()],
    ["a label is missing", service({ selector: { app: "web", tier: "a" } }), deployment()],
    ["the namespace differs", service({}, { namespace: "other" }), deployment()],
    ["only one says a namespace", service({}, { namespace: undefined }), deployment()],
    ["there is no selector", service({ selector: undefined }), deployment()],
    ["the selector is empty", service({ selector: {} }), deployment()],
    ["it is a DNS record", service({ type: "ExternalName" }), deployment()],
  ])("toSelect: does not hold when %s", (_, from, to) => {
    expect(from).not.toSelect(to);
  });

  test("toSelect: finds the Pods of a CronJob when they are nested deeper", () => {
    const { spec, ...rest } = deployment();
    const cronJob = { ...rest, kind: "CronJob", spec: { jobTemplate: { spec } } };

    expect(service()).toSelect(cronJob);
  });

  test("toSelect: fails with both sides when the selector matches nothing", () => {
    const message = messageOf(() =>
      expect(service({ selector: { app: "api" } })).toSelect(deployment()),
    );

    expect(message).toBe(
      "Expected Service shop/front to select the Pods of Deployment shop/web\n\n" +
        "  Selector:   app=api\n" +
        "  Pod labels: app=web, version=1\n" +
        "  Namespaces: shop and shop",
    );
  });

  test("toSelect: fails when it was not to select and does", () => {
    const message = messageOf(() => expect(service()).not.toSelect(deployment()));

    expect(message).toContain(
      "Expected Service shop/front not to select the Pods of Deployment shop/web",
    );
  });
});

describe("toExposePort", () => {
  const port = (fields: object) => service({ ports: [{ port: 80, ...fields }] });

  test.each<[string, Manifest]>([
    ["by number", port({ targetPort: 8080 })],
    ["by name", port({ targetPort: "http" })],
    ["by the same number, as no other is said", service({ ports: [{ port: 8080 }] })],
  ])("toExposePort: holds when the port is declared %s", (_, from) => {
    const [{ port: opened }] = (from["spec"] as { ports: [{ port: number }] }).ports;

    expect(from).toExposePort(opened, deployment());
  });

  test.each<[string, Manifest]>([
    ["the Service has another port", service({ ports: [{ port: 81, targetPort: 8080 }] })],
    ["the Service has no ports", service({ ports: undefined })],
    ["the number is not declared", port({ targetPort: 8081 })],
    ["the name is not declared", port({ targetPort: "web" })],
    ["a number is written as a name", port({ targetPort: "8080" })],
    ["the protocol differs", port({ targetPort: 8080, protocol: "UDP" })],
    [
      "the workload is not selected",
      service({ selector: { app: "api" }, ports: [{ port: 80, targetPort: 8080 }] }),
    ],
  ])("toExposePort: does not hold when %s", (_, from) => {
    expect(from).not.toExposePort(80, deployment());
  });

  test("toExposePort: counts the ports of sidecars when they run as long as the Pod", () => {
    const container = { name: "proxy", ports: [{ name: "proxy", containerPort: 9000 }] };
    const sidecar = deployment({ initContainers: [{ ...container, restartPolicy: "Always" }] });
    const initializer = deployment({ initContainers: [container] });

    expect(port({ targetPort: "proxy" })).toExposePort(80, sidecar);
    expect(port({ targetPort: "proxy" })).not.toExposePort(80, initializer);
  });

  test.each<[string, Manifest, string]>([
    ["port", service({ ports: [{ port: 81 }] }), "The Service's ports: 81"],
    [
      "target",
      port({ targetPort: 1, protocol: "UDP" }),
      "It ends in 1/UDP, the Pods declare: http 8080/TCP",
    ],
    [
      "selector",
      service({ selector: { app: "api" } }),
      "The Service does not select the Pods, see toSelect",
    ],
  ])("toExposePort: fails with what there is when the %s is wrong", (_, from, fact) => {
    const message = messageOf(() => expect(from).toExposePort(80, deployment()));

    expect(message).toBe(
      `Expected Service shop/front to expose port 80 of Deployment shop/web\n\n  ${fact}`,
    );
  });
});

describe("toBePublic", () => {
  test.each<[string, Manifest]>([
    ["nothing is said", loadBalancer()],
    [
      "MetalLB is told a public address beside a private one",
      loadBalancer({ "metallb.io/loadBalancerIPs": "10.0.1.7,203.0.114.7" }),
    ],
    [
      "kube-vip is to ask for any address",
      loadBalancer({ "kube-vip.io/loadbalancerIPs": "0.0.0.0" }),
    ],
    ["AWS is told that it is not internal", loadBalancer({ [`${AWS}internal`]: "false" })],
    [
      "the AWS Load Balancer Controller is told",
      loadBalancer(
        { [`${AWS}scheme`]: "internet-facing" },
        { loadBalancerClass: "service.k8s.aws/nlb" },
      ),
    ],
    [
      "the AWS Load Balancer Controller is told in the other one's words",
      loadBalancer({ [`${AWS}type`]: "external", [`${AWS}internal`]: "false" }),
    ],
    [
      "the scheme is said to the AWS cloud controller, which does not read it",
      loadBalancer({ [`${AWS}type`]: "nlb", [`${AWS}scheme`]: "internal" }),
    ],
    ["it is open to anywhere", loadBalancer({}, { loadBalancerSourceRanges: ["0.0.0.0/0"] })],
    ["it is open to anywhere by IPv6", loadBalancer({}, { loadBalancerSourceRanges: ["::/0"] })],
    [
      "one of its ranges is public",
      loadBalancer({}, { loadBalancerSourceRanges: ["10.0.0.0/8", "8.8.8.0/24"] }),
    ],
    [
      "a range is wider than a private network",
      loadBalancer({}, { loadBalancerSourceRanges: ["10.0.0.0/7"] }),
    ],
    ["a range is none", loadBalancer({}, { loadBalancerSourceRanges: ["<UNKNOWN>"] })],
    ["its list of ranges is empty", loadBalancer({}, { loadBalancerSourceRanges: [] })],
    [
      "one family of its addresses has no range",
      loadBalancer(
        {},
        { loadBalancerSourceRanges: ["10.0.0.0/8"], ipFamilyPolicy: "PreferDualStack" },
      ),
    ],
    [
      "its one family has no range",
      loadBalancer({}, { loadBalancerSourceRanges: ["10.0.0.0/8"], ipFamilies: ["IPv6"] }),
    ],
    [
      "nothing is said of families, and only the second one has a range",
      loadBalancer({}, { loadBalancerSourceRanges: ["fd00::/8"] }),
    ],
    [
      "nodes of AWS do not see the client",
      loadBalancer(
        {
          [`${AWS}type`]: "nlb",
          [`${AWS}target-group-attributes`]: "preserve_client_ip.enabled=false",
        },
        { loadBalancerSourceRanges: ["10.0.0.0/8"] },
      ),
    ],
    [
      "security groups take the place of its ranges",
      loadBalancer(
        { [`${AWS}scheme`]: "internet-facing", [`${AWS}security-groups`]: "sg-1" },
        { loadBalancerSourceRanges: ["10.0.0.0/8"], loadBalancerClass: "service.k8s.aws/nlb" },
      ),
    ],
    [
      "nothing enforces its ranges",
      loadBalancer(
        { "load-balancer.hetzner.cloud/disable-public-network": "false" },
        { loadBalancerSourceRanges: ["10.0.0.0/8"] },
      ),
    ],
    ["another cloud's word is used", loadBalancer({ "networking.gke.io/load-balancer-type": "x" })],
  ])("toBePublic: holds when %s", (_, from) => {
    expect(from).toBePublic();
  });

  test.each<[string, Manifest, string]>([
    ["no type is said", service(), "its type is ClusterIP"],
    [
      "it is for nodes",
      service({ type: "NodePort" }),
      "its type is NodePort; only if nodes have public addresses can it be reached at their ports",
    ],
    [
      "AWS is told that it is internal",
      loadBalancer({ [`${AWS}internal`]: "0.0.0.0/0" }),
      `its annotation ${AWS}internal is "0.0.0.0/0"`,
    ],
    [
      "Google is told that it is internal",
      loadBalancer({ "networking.gke.io/load-balancer-type": "Internal" }),
      'its annotation networking.gke.io/load-balancer-type is "Internal"',
    ],
    [
      "Azure is told that it is internal",
      loadBalancer({ "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }),
      'its annotation service.beta.kubernetes.io/azure-load-balancer-internal is "true"',
    ],
    [
      "MetalLB is told a private address",
      loadBalancer({ "metallb.io/loadBalancerIPs": "10.0.1.7, fd00::7" }),
      "its addresses are private: 10.0.1.7, fd00::7",
    ],
    [
      "an address in its spec is private",
      loadBalancer({}, { loadBalancerIP: "192.168.0.7" }),
      "its addresses are private: 192.168.0.7",
    ],
    [
      "its class is internal",
      loadBalancer({}, { loadBalancerClass: "networking.gke.io/l4-regional-internal" }),
      "its load balancer class is networking.gke.io/l4-regional-internal",
    ],
    [
      "its controller is internal by default",
      loadBalancer({}, { loadBalancerClass: "service.k8s.aws/nlb" }),
      `its controller makes internal load balancers unless ${AWS}scheme is "internet-facing"`,
    ],
    [
      "its controller is told that it is internal, too",
      loadBalancer({
        [`${AWS}type`]: "external",
        [`${AWS}scheme`]: "internal",
        [`${AWS}internal`]: "false",
      }),
      `its controller makes internal load balancers unless ${AWS}scheme is "internet-facing"`,
    ],
    [
      "its ranges are private",
      loadBalancer({}, { loadBalancerSourceRanges: ["10.1.0.0/16", "fd00::/8"] }),
      "its source ranges are private: 10.1.0.0/16, fd00::/8",
    ],
    [
      "its ranges are private, of both its families",
      loadBalancer(
        {},
        {
          loadBalancerSourceRanges: ["10.0.0.0/8", "fd00::/8"],
          ipFamilyPolicy: "RequireDualStack",
        },
      ),
      "its source ranges are private: 10.0.0.0/8, fd00::/8",
    ],
    [
      "the AWS Load Balancer Controller hides the client behind a group of its own",
      loadBalancer(
        {
          [`${AWS}scheme`]: "internet-facing",
          [`${AWS}target-group-attributes`]: "preserve_client_ip.enabled=false",
        },
        { loadBalancerSourceRanges: ["10.0.0.0/8"], loadBalancerClass: "service.k8s.aws/nlb" },
      ),
      "its source ranges are private: 10.0.0.0/8",
    ],
    [
      "its ranges stand in the annotation",
      loadBalancer({
        "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, 192.168.0.0/16",
      }),
      "its source ranges are private: 10.0.0.0/8, 192.168.0.0/16",
    ],
  ])("toBePublic: does not hold, and says why, when %s", (_, from, why) => {
    expect(from).not.toBePublic();
    expect(messageOf(() => expect(from).toBePublic())).toBe(
      `Expected Service shop/front to be public\n\n  The internet cannot reach it: ${why}`,
    );
  });

  test("toBePublic: fails with what makes it public when it was not to be", () => {
    const open = loadBalancer({}, { loadBalancerSourceRanges: ["0.0.0.0/0"] });

    expect(messageOf(() => expect(open).not.toBePublic())).toBe(
      "Expected Service shop/front not to be public\n\n" +
        "  The internet can reach it: nothing says that it is internal, and its source ranges are 0.0.0.0/0",
    );
  });

  test.each<[string, Manifest, string]>([
    [
      "a family has no range",
      loadBalancer(
        {},
        { loadBalancerSourceRanges: ["10.0.0.0/8"], ipFamilyPolicy: "RequireDualStack" },
      ),
      "10.0.0.0/8, and none is in the family of its IPv6 addresses",
    ],
    [
      "an annotation leaves them without effect",
      loadBalancer(
        { "service.beta.kubernetes.io/azure-disable-load-balancer-nsg-rule": "true" },
        { loadBalancerSourceRanges: ["10.0.0.0/8"] },
      ),
      "10.0.0.0/8, which its annotation service.beta.kubernetes.io/azure-disable-load-balancer-nsg-rule leaves without effect",
    ],
    [
      "there are none",
      loadBalancer(),
      "not stated; set private ones if its controller has no other word for internal",
    ],
  ])("toBePublic: says what opens it when %s", (_, from, ranges) => {
    expect(messageOf(() => expect(from).not.toBePublic())).toBe(
      "Expected Service shop/front not to be public\n\n" +
        `  The internet can reach it: nothing says that it is internal, and its source ranges are ${ranges}`,
    );
  });
});

describe("toAllowConnection", () => {
  const attempt = { from: "203.0.113.7", to: deployment(), port: 8080 };
  const closed = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "web", namespace: "shop" },
    spec: { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress"] },
  };

  test("toAllowConnection: holds when no policy closes the connection", () => {
    expect([]).toAllowConnection(attempt);
    expect([closed]).not.toAllowConnection(attempt);
  });

  test("toAllowConnection: fails with the policy that closes the connection", () => {
    expect(messageOf(() => expect([closed]).toAllowConnection(attempt))).toBe(
      "Expected the NetworkPolicies to allow 203.0.113.7 to connect to Deployment shop/web on 8080/TCP\n\n" +
        "  NetworkPolicy shop/web of Deployment shop/web lets no connection in from 203.0.113.7 on 8080/TCP",
    );
  });

  test("toAllowConnection: fails when there is a connection that was not to be", () => {
    const udp = { ...attempt, protocol: "UDP" };

    expect(messageOf(() => expect([]).not.toAllowConnection(udp))).toBe(
      "Expected the NetworkPolicies not to allow 203.0.113.7 to connect to Deployment shop/web on 8080/UDP\n\n" +
        "  No NetworkPolicy closes it, or one opens it",
    );
  });
});

test.each<[string, () => void, string]>([
  ["toSelect", () => expect(undefined).not.toSelect(deployment()), "undefined is not a Service"],
  ["toSelect", () => expect(service()).not.toSelect(configMap), "ConfigMap a makes no Pods"],
  ["toExposePort", () => expect(configMap).not.toExposePort(80, deployment()), "not a Service"],
  ["toSelect", () => expect(service()).not.toSelect(undefined), "undefined makes no Pods"],
  ["toExposePort", () => expect(service()).not.toExposePort(80, configMap), "makes no Pods"],
  ["toExposePort", () => expect(service()).not.toExposePort(80, undefined), "makes no Pods"],
  ["toPassRestricted", () => expect(service()).not.toPassRestricted(), "front makes no Pods"],
  ["toBePublic", () => expect(deployment()).not.toBePublic(), "Deployment shop/web is not a Servi"],
  [
    "toAllowConnection",
    () => expect(service()).not.toAllowConnection({ from: "10.0.0.1", to: deployment(), port: 80 }),
    "Service shop/front is not a list of manifests",
  ],
  [
    "toBePublic",
    () => expect({ ...service(), apiVersion: "serving.knative.dev/v1" }).not.toBePublic(),
    "Service shop/front is not a Service",
  ],
])("%s: fails when it cannot judge, and .not would pass for nothing", (matcher, judge, why) => {
  expect(judge).toThrow(TypeError);
  expect(judge).toThrow(`Cannot judge by ${matcher}: `);
  expect(judge).toThrow(why);
});
