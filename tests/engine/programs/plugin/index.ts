// A program that has a Backend from a plugin, as one in another language would: it knows its type and its inputs, no class.
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

class RemoteBackend extends pulumi.ComponentResource {
  declare readonly target: pulumi.Output<unknown>;
  declare readonly urls: pulumi.Output<unknown>;

  constructor(name: string, inputs: pulumi.Inputs) {
    const type = "pulumi-kubernetes-services:index:Backend";
    super(type, name, { ...inputs, target: undefined, urls: undefined }, {}, true);
  }
}

const good = {
  namespace: "default",
  image: "example/web:1",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/", port: "http" } },
};
const bad = {
  ...good,
  replicas: -1,
  ports: [{ name: "http", containerPort: 0, port: 80 }],
  secretEnv: { PASSWORD: 31415926 },
};
const { target, urls } = new RemoteBackend("remote", config.requireBoolean("good") ? good : bad);

export { target, urls };
