// The same places twice: with values of secret configuration, and with others that nothing protects.
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";
import {
  Backend,
  type BackendArgs,
  Entrance,
  Exposure,
  HealthCheckProtocol,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
  NodeSelectorOperator,
} from "../../../../components/index.ts";
import { encodedPlaces } from "./places.ts";

type Values = Readonly<Record<string, string>>;

const config = new pulumi.Config();
const refused = config.requireBoolean("refused");

/** Everything that a Backend and its entrances can be told, with a value of `values` in each place. */
function everything(prefix: string, values: pulumi.Output<Values>, read: Values): void {
  const at = (place: string) => values.apply((it) => it[place] ?? "");
  const namespace = `canaries-${prefix}`;
  const made = new Namespace(namespace, { metadata: { name: namespace } });
  const opts = { dependsOn: made };
  const files = { "app.conf": pulumi.interpolate`password = ${at("file")}\n` };
  new ConfigMap(`${prefix}-files`, { metadata: { name: "files", namespace }, data: files }, opts);
  const probe = {
    httpGet: {
      path: pulumi.interpolate`/hook/${at("probe-path")}?token=${at("probe-query")}`,
      port: "http",
    },
  };
  const common: BackendArgs = {
    namespace,
    image: "example/web:1",
    replicas: 1,
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: probe,
    networkPolicy: false,
    entrances: [Entrance.NodePort, Entrance.LoadBalancer],
    readyWithinSeconds: 40,
  };
  const args: Partial<BackendArgs> = {
    command: ["/bin/serve", at("command")],
    args: [pulumi.interpolate`--token=${at("argument")}`, at("second-argument")],
    env: {
      PLAIN: at("variable"),
      URL: pulumi.interpolate`postgres://app:${at("connection-string")}@db:5432/app`,
      READ: `read as plain ${read["read-as-plain"]}`,
      LATER: pulumi.interpolate`${made.metadata.name} ${read["read-later"]}`,
      ...Object.fromEntries(
        encodedPlaces.map(([place, encode], index) => [`E_${index}`, at(place).apply(encode)]),
      ),
    },
    secretEnv: {
      PASSWORD: at("secret-variable"),
      PASSWORD_READ: read["secret-read-as-plain"] ?? "",
    },
    annotations: {
      "example.com/annotation": at("annotation"),
      "example.com/number": pulumi.interpolate`${at("number")}`,
      "example.com/nested": values.apply((it) => JSON.stringify({ list: [{ it: it["nested"] }] })),
      "example.com/dockerconfig": values.apply((it) =>
        Buffer.from(JSON.stringify({ auths: { r: { auth: it["docker-auth"] } } })).toString(
          "base64",
        ),
      ),
    },
    labels: { label: at("label") },
    serviceAccountAnnotations: { "example.com/role": at("role") },
    livenessProbe: { exec: { command: ["check", at("probe-command")] } },
    preStop: { exec: { command: ["leave", at("pre-stop")] } },
    hostAliases: [{ ip: "192.0.2.2", hostnames: [at("host-name")] }],
    dnsConfig: { searches: [at("search-domain")] },
    nodeAffinity: [
      {
        key: "example.com/kind",
        operator: NodeSelectorOperator.In,
        values: [at("node-affinity")],
        weight: 1,
      },
    ],
    connectsToExternal: {
      DATABASE: {
        externalName: pulumi.interpolate`${at("external-name")}.example.com`,
        port: 5432,
      },
    },
    imagePullSecrets: [at("pull-secret")],
    envFromSecrets: [at("source-secret")],
    envFromConfigMapKeys: { COLOR: { name: at("config-map"), key: at("config-key") } },
    workingDir: pulumi.interpolate`/srv/${at("working-directory")}`,
    nodeSelector: { "example.com/pool": at("node-selector") },
    priorityClassName: at("priority-class"),
    initContainers: [{ name: "migrate", image: "example/migrate:1", args: [at("init-argument")] }],
    patches: {
      deployment: {
        metadata: { annotations: { "example.com/patched": at("patch") } },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: prefix,
                  readinessProbe: {
                    httpGet: { httpHeaders: [{ name: "Authorization", value: at("header") }] },
                  },
                },
              ],
              hostAliases: [{ ip: "192.0.2.1", hostnames: [at("host-alias")] }],
            },
          },
        },
      },
    },
  };
  const quiet = new Backend(prefix, { ...common, ...args }, opts);
  const failing = {
    "simulated.node/failure": "ImagePullBackOff",
    "example.com/of-failing": at("of-failing"),
  };
  const image = pulumi.interpolate`example/web:${at("image")}`;
  new Backend(
    `${prefix}-failing`,
    { ...common, image, readyWithinSeconds: 15, entrances: [], annotations: failing },
    opts,
  );
  const { target } = quiet;
  const ports = [{ port: 80, targetPort: "http" }];
  const cluster = {
    controller: LoadBalancerController.AwsCloudControllerNlb,
    allowNodePort: true,
  };
  const annotated = (place: string): { service: object } => ({
    service: { metadata: { annotations: { [`example.com/${place}`]: at(place) } } },
  });
  new NodePortService(`${prefix}-dev`, { cluster, target, ports, patches: annotated("dev") }, opts);
  new LoadBalancerService(
    `${prefix}-front`,
    {
      cluster,
      target,
      ports,
      exposure: Exposure.Internal,
      reconciledWithinSeconds: 60,
      tags: { secret: at("tag") },
      healthCheckProtocol: HealthCheckProtocol.Http,
      healthCheckPath: `/${read["health-check-path"]}`,
      annotations: { "example.com/free": at("free-annotation") },
    },
    opts,
  );
  const certificate = pulumi.interpolate`arn:aws:acm:us-east-1:123456789012:certificate/${at("certificate")}`;
  new LoadBalancerService(
    `${prefix}-tls`,
    {
      ...{ cluster, target, ports, exposure: Exposure.Internal, reconciledWithinSeconds: 15 },
      ...{ certificates: [certificate], tlsPorts: ["http"] },
      accessLogsBucket: at("bucket"),
      accessLogsPrefix: at("log-prefix"),
    },
    opts,
  );
  // Pods of nobody: what is known of them is what the cluster says.
  new NodePortService(
    `${prefix}-foreign`,
    {
      cluster,
      target: {
        namespace,
        selector: at("selector").apply((app) => ({ app })),
        ports: [{ name: "http", containerPort: 8080 }],
        drainSeconds: 60,
      },
      ports,
      targetReadyWithinSeconds: 1,
    },
    opts,
  );
  exported[`${prefix}Output`] = at("output");
  exported[`${prefix}Outputs`] = { nested: [at("nested-output")] };
  if (refused) {
    const late = pulumi.interpolate`${at("refused")} `;
    new Backend(`${prefix}-refused-late`, { ...common, image: late }, opts);
    // Nobody waits for it, so the program goes on to what is refused next.
    void Promise.resolve().then(
      () =>
        new Backend(`${prefix}-refused`, { ...common, image: `${read["refused-read"]} ` }, opts),
    );
  }
}

const exported: Record<string, unknown> = {};
const secret = config.requireSecretObject<Values>("secret");
everything("quiet", secret, config.requireObject<Values>("secret"));
const open = config.requireObject<Values>("open");
everything("open", pulumi.output(open), open);

export default exported;
