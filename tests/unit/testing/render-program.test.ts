import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import {
  AddressKind,
  Backend,
  Entrance,
  Exposure,
  LoadBalancerService,
} from "../../../components/index.ts";
import {
  type RenderOptions,
  renderManifests,
  renderProgram,
} from "../../../testing/render-manifests.ts";
import { SECRET, UNKNOWN } from "../../../testing/resolve.ts";
import { LoadBalancerStatus, SIMULATED_ADDRESS } from "../../../testing/simulated-cluster.ts";
import { cluster, minimal } from "../support/args.ts";

const options: RenderOptions = { project: "shop-project", stack: "dev" };
const { hostname, ip } = SIMULATED_ADDRESS;

function shop() {
  const { target } = new Backend("web", { ...minimal, entrances: [Entrance.LoadBalancer] });
  const front = new LoadBalancerService("front", {
    cluster,
    target,
    exposure: Exposure.Internal,
    ports: [
      { port: 80, targetPort: "http" },
      { port: 8443, targetPort: "http", name: "other" },
    ],
  });
  const { address, urls } = front;
  const { loadBalancer } = front.service.status;
  return { address, kind: address.kind, host: address.host, url: urls["http"], urls, loadBalancer };
}

test("renderProgram: fails when the status of load balancers is misspelt", async () => {
  const misspelt = { ...options, loadBalancers: "hostname" as LoadBalancerStatus };

  await expect(renderProgram(shop, misspelt)).rejects.toThrow(
    'Cannot render: loadBalancers is "hostname", must be "Ip" or "Hostname" or "Pending" or "Failed"; did you mean "Hostname"?',
  );
});

test.each([
  [LoadBalancerStatus.Ip, AddressKind.Ip, ip, { ingress: [{ ip, ipMode: "VIP" }] }],
  [LoadBalancerStatus.Hostname, AddressKind.Hostname, hostname, { ingress: [{ hostname }] }],
])(
  "renderProgram: has addresses in the outputs when load balancers get an %s",
  async (loadBalancers, kind, host, loadBalancer) => {
    const { outputs } = await renderProgram(shop, { ...options, loadBalancers });

    expect(outputs).toEqual({
      address: { host, kind },
      kind,
      host,
      url: `http://${host}`,
      urls: { http: `http://${host}`, other: `https://${host}:8443` },
      loadBalancer,
    });
  },
);

test.each([[LoadBalancerStatus.Pending], [undefined]])(
  "renderProgram: has unknown outputs, never empty texts, when load balancers are %s",
  async (loadBalancers) => {
    const given = loadBalancers === undefined ? {} : { loadBalancers };

    const { outputs } = await renderProgram(shop, { ...options, ...given });

    expect(outputs).toEqual({
      address: UNKNOWN,
      kind: "hostname",
      host: UNKNOWN,
      url: UNKNOWN,
      urls: UNKNOWN,
      loadBalancer: {},
    });
  },
);

test.each([[renderProgram], [renderManifests]])(
  "%o: fails with the provider's message when load balancers fail",
  async (render) => {
    const rendered = render(shop, { ...options, loadBalancers: LoadBalancerStatus.Failed });

    await expect(rendered).rejects.toThrow(
      "failed to register new resource front [kubernetes:core/v1:Service]: " +
        'resource "front" was successfully created, but the Kubernetes API server reported that it failed to fully ' +
        "initialize or become live: timed out waiting for the condition",
    );
  },
);

test("renderProgram: has no failures when a program asks for no load balancer", async () => {
  const { manifests } = await renderProgram(() => void new Backend("web", minimal), {
    ...options,
    loadBalancers: LoadBalancerStatus.Failed,
  });

  expect(manifests).toHaveLength(3);
});

test("renderProgram: leaves a Service pending when load balancers fail and it is not waited for", async () => {
  const program = () => {
    const annotations = { "pulumi.com/skipAwait": "true" };
    const { status } = new Service("a", {
      metadata: { annotations },
      spec: { type: "LoadBalancer" },
    });
    return { status };
  };

  const { outputs } = await renderProgram(program, { ...options, loadBalancers: "Failed" });

  expect(outputs).toEqual({ status: { loadBalancer: {} } });
});

test("renderProgram: gives no address to a Service when it is none of a load balancer", async () => {
  const program = () => ({ status: new Service("a", { spec: { type: "NodePort" } }).status });

  const { outputs } = await renderProgram(program, { ...options, loadBalancers: "Ip" });

  expect(outputs).toEqual({ status: { loadBalancer: {} } });
});

test("renderProgram: hides secrets when a program exports them", async () => {
  const program = () => ({
    secret: pulumi.secret("hunter22"),
    within: { plain: 1, secret: pulumi.secret({ a: "hunter22" }) },
    configured: new pulumi.Config().require("password"),
  });
  const config = { "shop-project:password": "hunter23" };

  const { outputs } = await renderProgram(program, {
    ...options,
    config,
    secretKeys: ["shop-project:password"],
  });

  expect(outputs).toEqual({
    secret: SECRET,
    within: { plain: 1, secret: { a: SECRET } },
    configured: SECRET,
  });
});

test("renderProgram: shows a URN when a program exports a resource", async () => {
  const program = () => ({ backend: new Backend("web", minimal) });

  const { outputs } = await renderProgram(program, options);

  expect(outputs).toEqual({
    backend: expect.stringMatching(/^urn:pulumi:dev::shop-project::.*:Backend::web$/),
  });
});

test.each<[string, () => unknown]>([
  ["nothing", () => undefined],
  ["a resource", () => new Backend("web", minimal)],
  ["a list", () => [1]],
  ["a text", () => "text"],
  ["what is undefined", () => ({ url: undefined })],
])("renderProgram: has no outputs when a program returns %s", async (_, program) => {
  expect(await renderProgram(program, options)).toMatchObject({ outputs: {} });
  expect((await renderProgram(program, options)).outputs).toEqual({});
});

const moduleOf = (source: string) =>
  import(`data:text/javascript,${encodeURIComponent(source)}`) as Promise<object>;

test.each([
  ["names", "export const url = 'a';"],
  ["an object by default", "export default { url: 'a' };"],
  ["a function by default", "export default () => ({ url: 'a' });"],
  ["an asynchronous function by default", "export default async () => ({ url: 'a' });"],
])("renderProgram: has a module's outputs when it exports %s", async (_, source) => {
  const { outputs } = await renderProgram(() => moduleOf(source), options);

  expect(outputs).toEqual({ url: "a" });
});

test("renderProgram: fails and says what to give when the outputs of a stack that is read are missing", async () => {
  const program = () => {
    new pulumi.StackReference("acme/orders/prod").requireOutput("target");
  };

  await expect(renderProgram(program, options)).rejects.toThrow(
    'Cannot render a program that reads stack "acme/orders/prod": its outputs are unknown; give them in stackOutputs["acme/orders/prod"]',
  );
});
