import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { pinCluster, pinnedProvider } from "../../../../components/index.ts";

// A few objects of one namespace, on a provider that is pinned, as is one made elsewhere, or as plain Pulumi has it.
const config = new pulumi.Config();
const context = "pulumi-kubernetes-services-local";
const how = config.require("provider");
const provider =
  how === "pinned"
    ? pinnedProvider("cluster", { context })
    : new Provider("cluster", { kubeconfig: "", context });
if (how === "made elsewhere") pinCluster("cluster-pin", { provider });

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, {}, opts);
    const metadata = { namespace, name: "inside" };
    new ConfigMap("inside", { metadata, data: { value } }, { parent: this });
  }
}

const namespace = config.require("namespace");
const value = config.require("value");
const own = new Namespace("namespace", { metadata: { name: namespace } }, { provider });
const opts = { provider, dependsOn: own };
if (config.getBoolean("settings") ?? true) {
  new ConfigMap("settings", { metadata: { namespace, name: "settings" }, data: { value } }, opts);
}
new Secret("password", { metadata: { namespace, name: "password" }, stringData: { value } }, opts);
new Service(
  "front",
  {
    metadata: {
      namespace,
      name: "front",
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      type: config.get("type") ?? "ClusterIP",
      ports: [{ port: 80 }],
      selector: { app: "none" },
    },
  },
  opts,
);
new Group("group", { provider, dependsOn: own });
