import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { clusterAccessOf } from "../../../components/cluster/access.ts";
import { runProgram } from "../support/run-program.ts";

class Component extends pulumi.ComponentResource {
  constructor(providers: pulumi.ProviderResource[]) {
    super("test:index:Component", "component", {}, { providers });
  }
}

describe("clusterAccessOf", () => {
  test("clusterAccessOf: reads the provider's arguments when the component has one", async () => {
    const kubeconfig = pulumi.secret("{}");
    const { result } = await runProgram(() => {
      const args = { kubeconfig, context: "staging", cluster: "west" };
      return clusterAccessOf(new Component([new Provider("cluster", args)]));
    });

    expect(result).toEqual({ kubeconfig: "{}", context: "staging", cluster: "west" });
  });

  test("clusterAccessOf: reads the configuration when the component has the default provider", async () => {
    const { result } = await runProgram(() => {
      pulumi.runtime.setConfig("kubernetes:context", "staging");
      return clusterAccessOf(new Component([]));
    });
    pulumi.runtime.setAllConfig({});

    expect(result).toEqual({ kubeconfig: undefined, context: "staging", cluster: undefined });
  });
});
