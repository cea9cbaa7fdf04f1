import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { expect, test } from "vitest";
import { Backend } from "../../../components/index.ts";
import { renderManifests } from "../../../testing/index.ts";
import { smallest } from "../support/args.ts";

test("renderManifests: gives a resource without a name that of its resource, and others refer to it by that", async () => {
  const manifests = await renderManifests(
    () => {
      const settings = new ConfigMap("settings", { data: { MODE: "fast" } });
      new Backend("web", { ...smallest, envFromConfigMaps: [settings.metadata.name] });
    },
    { project: "shop-project", stack: "dev" },
  );

  const [config] = manifests.filter(({ kind }) => kind === "ConfigMap");
  expect(config?.metadata.name).toBe("settings");
  expect(JSON.stringify(manifests.find(({ kind }) => kind === "Deployment"))).toContain(
    '"envFrom":[{"configMapRef":{"name":"settings"}}]',
  );
});
