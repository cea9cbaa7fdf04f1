import { beforeAll, describe, expect, test } from "vitest";
import { core } from "../rig.ts";
import { NAMESPACES } from "./arbitraries/namespaces.ts";
import { ensureNamespaces, refusalsOf } from "./verdict.ts";

const [namespace] = NAMESPACES;
/** In the part of the range that the API server gives away last. */
const TAKEN = 30_061;

beforeAll(async () => {
  await ensureNamespaces();
  await core.createNamespacedService({ namespace, body: service("holder", TAKEN) });
  return async () => {
    await core.deleteNamespacedService({ namespace, name: "holder" });
  };
});

const service = (name: string, nodePort: number, fields: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace },
  spec: { type: "NodePort", ports: [{ port: 80, nodePort }], ...fields },
});

describe("refusalsOf", () => {
  test("has nothing against a node port that another Service of the cluster has", async () => {
    expect(await refusalsOf([service("web", TAKEN)])).toEqual([]);
  });

  test("still says what else is wrong with the Service", async () => {
    const wrong = service("web", TAKEN, { sessionAffinity: "Sometimes" });

    expect(await refusalsOf([wrong])).toEqual([expect.stringContaining("sessionAffinity")]);
  });

  test("says that a node port is given twice in one Service", async () => {
    const ports = [80, 81].map((port) => ({ name: `p${port}`, port, nodePort: 30_062 }));

    expect(await refusalsOf([service("web", 30_062, { ports })])).toEqual([
      expect.stringContaining("30062"),
    ]);
  });
});
