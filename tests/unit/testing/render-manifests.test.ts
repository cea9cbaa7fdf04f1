import { inspect } from "node:util";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { Backend, InvalidArgsError } from "../../../components/index.ts";
import type { Manifest } from "../../../testing/manifest.ts";
import { renderManifests, toYaml } from "../../../testing/render-manifests.ts";
import { SECRET, UNKNOWN } from "../../../testing/resolve.ts";
import { ENCODINGS } from "../../shared/encodings.ts";
import { minimal } from "../support/args.ts";
import { later } from "../support/run-program.ts";

const options = { project: "shop-project", stack: "dev" };
const configMap = (name: string, data: pulumi.Input<Record<string, pulumi.Input<string>>>) =>
  new ConfigMap(name, { metadata: { name, namespace: "shop" }, data });

test("renderManifests: returns a Backend's objects in one order when its program runs", async () => {
  const manifests = await renderManifests(() => {
    new Backend("web", minimal);
    new Namespace("shop", { metadata: { name: "shop" } });
  }, options);

  expect(
    manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`),
  ).toEqual([
    "Namespace undefined shop",
    "Deployment shop web",
    "Service shop web",
    "ServiceAccount shop web",
  ]);
});

test("renderManifests: strips what only Pulumi's provider reads when an object has such annotations", async () => {
  const [first, second] = await renderManifests(() => {
    const annotations = { "pulumi.com/skipAwait": "true" };
    new ConfigMap("a", { metadata: { name: "a", annotations } });
    new ConfigMap("b", {
      metadata: { name: "b", annotations: { ...annotations, "b.example/c": "d" } },
    });
  }, options);

  expect(first).toEqual({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } });
  expect(second?.metadata).toEqual({ name: "b", annotations: { "b.example/c": "d" } });
});

test("renderManifests: leaves replicas out when the program ignores what becomes of them", async () => {
  const scaled = { ...minimal, autoscaling: { minReplicas: 2, maxReplicas: 5 } };
  const manifests = await renderManifests(() => {
    new Backend("fixed", { ...minimal, replicas: 2 });
    new Backend("scaled", scaled);
    new ConfigMap("a", { data: {} }, { ignoreChanges: ["data"] });
  }, options);

  const workloads = manifests.filter(({ kind }) => kind === "Deployment");
  expect(workloads.map((it) => Object(it["spec"]).replicas)).toEqual([2, undefined]);
  expect(workloads[1]?.["spec"]).toHaveProperty("template");
  expect(manifests.find(({ kind }) => kind === "ConfigMap")).toHaveProperty("data");
});

test("renderManifests: survives reads, records and providers when the program has them", async () => {
  const manifests = await renderManifests(async () => {
    const provider = new Provider("cluster", { context: "somewhere" });
    const system = Namespace.get("system", "kube-system", { provider });
    const record = new pulumi.Stash("record", { input: system.metadata.uid });
    new ConfigMap("a", { data: { of: system.metadata.name } }, { provider, dependsOn: record });
  }, options);

  expect(manifests).toEqual([
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { of: "kube-system" } },
  ]);
});

test("renderManifests: resolves what arrives later when the program is done before", async () => {
  const [manifest] = await renderManifests(() => {
    configMap("a", later({ key: later("value") }));
  }, options);

  expect(manifest?.["data"]).toEqual({ key: "value" });
});

test("renderManifests: says so when a value is known only after a deployment", async () => {
  const [manifest] = await renderManifests(() => {
    configMap("a", { key: pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string> });
  }, options);

  expect(manifest?.["data"]).toEqual({ key: UNKNOWN });
});

test("renderManifests: hides nothing but the secret when a Backend has one in its environment", async () => {
  const manifests = await renderManifests(
    () => new Backend("web", { ...minimal, env: { A: "plain", B: pulumi.secret("hunter22") } }),
    options,
  );

  const yaml = toYaml(manifests);
  expect(yaml).not.toContain("hunter22");
  expect(yaml).toContain(
    `            - name: A\n              value: plain\n            - name: B\n              value: "${SECRET}"`,
  );
});

test("renderManifests: hides a secret when the program reads its configuration as plain", async () => {
  const config = { "shop-project:password": "hunter22", "shop-project:color": "red" };
  const [manifest] = await renderManifests(
    () => {
      const read = new pulumi.Config();
      configMap("a", {
        color: read.require("color"),
        url: `https://me:${read.require("password")}@host`,
      });
    },
    { ...options, config, secretKeys: ["shop-project:password"] },
  );

  expect(manifest?.["data"]).toEqual({ color: "red", url: SECRET });
});

describe("secret configuration that is read as plain", () => {
  const database = {
    password: 'hunter22 & "co"',
    pin: 48213957,
    nested: [{ token: "t0ken-of-list" }],
  };
  const config = { "shop-project:database": JSON.stringify(database), "shop-project:color": "red" };
  const secret = { ...options, config, secretKeys: ["shop-project:database"] };
  const read = () => new pulumi.Config().requireObject<typeof database>("database");

  test.each(Object.entries(ENCODINGS))(
    "renderManifests: hides a field of a secret object when it stands %s",
    async (_, encode) => {
      const [manifest] = await renderManifests(
        () => configMap("a", { a: encode(read().password), b: encode("harmless") }),
        secret,
      );

      expect(manifest?.["data"]).toEqual({ a: SECRET, b: encode("harmless") });
    },
  );

  test("renderManifests: hides it when it is in a list, a number or the name of a field", async () => {
    const [manifest] = await renderManifests(() => {
      const { nested, pin } = read();
      const fields = { [`x-${nested[0]?.token}`]: "1", [`y-${nested[0]?.token}`]: "2" };
      const metadata = { name: "a", annotations: { pin: `is ${pin}`, ...fields } };
      new ConfigMap("a", { metadata, data: { pin } as never });
    }, secret);

    expect(manifest).toMatchObject({
      metadata: { annotations: { pin: SECRET, [SECRET]: "1", [`${SECRET} 2`]: "2" } },
      data: { pin: SECRET },
    });
  });

  test.each<[string, () => unknown]>([
    [
      "throws it",
      () => {
        throw new Error(`cannot use ${read().password}`, { cause: new Error(read().password) });
      },
    ],
    ["rejects with it", () => Promise.reject(`cannot use ${read().password}`)],
    ["takes it for something else", () => new pulumi.Config().requireBoolean("database")],
  ])("renderManifests: fails without it when the program %s", async (_, program) => {
    const error = await renderManifests(program, secret).catch((it: unknown) => it);

    expect(inspect(error)).not.toMatch(/hunter22|48213957|t0ken/);
    expect(inspect(error)).toContain("[secret]");
  });

  test("renderManifests: leaves everything alone when the secrets are short", async () => {
    const short = { a: 1, b: "a", c: true, d: 80, e: "no" };
    const program = () => new Backend("web", minimal);
    const plain = await renderManifests(program, options);
    const given = { "shop-project:short": JSON.stringify(short) };
    const secretKeys = ["shop-project:short"];

    expect(await renderManifests(program, { ...options, config: given, secretKeys })).toEqual(
      plain,
    );
  });
});

test("renderManifests: hides the digest of a secret, whose salt everybody knows without a stack", async () => {
  const manifests = await renderManifests(
    () => new Backend("web", { ...minimal, secretEnv: { A: "1" } }),
    options,
  );

  expect(toYaml(manifests)).toContain(`pulumi-kubernetes-services/secret-env: "${SECRET}"`);
});

test("renderManifests: hides the content when an object is a Secret", async () => {
  const [manifest] = await renderManifests(
    () => new Secret("a", { metadata: { name: "a" }, stringData: { password: "hunter22" } }),
    options,
  );

  expect(manifest?.["stringData"]).toEqual({ password: SECRET });
});

test.each([
  [
    "throws",
    () => {
      throw new Error("broken");
    },
  ],
  [
    "rejects",
    async () => {
      throw new Error("broken");
    },
  ],
  [
    "has an Output that fails",
    () =>
      configMap("a", {
        key: later("x").apply(() => {
          throw new Error("broken");
        }),
      }),
  ],
  [
    "has an Output that fails and nobody uses",
    () => {
      later("x").apply(() => {
        throw new Error("broken");
      });
    },
  ],
])(
  "renderManifests: fails with the program's error when it %s",
  async (_, program: () => unknown) => {
    await expect(renderManifests(program, options)).rejects.toThrow("broken");
  },
);

test("renderManifests: fails with the refusal when a late argument is wrong", async () => {
  const program = () => new Backend("web", { ...minimal, image: later("") });

  await expect(renderManifests(program, options)).rejects.toBeInstanceOf(InvalidArgsError);
});

test("renderManifests: leaves the listeners as they were when the program has failed", async () => {
  const before = process.listeners("unhandledRejection");
  await renderManifests(
    () =>
      configMap(
        "a",
        later({}).apply(() => {
          throw new Error("broken");
        }),
      ),
    options,
  ).catch(() => undefined);

  expect(process.listeners("unhandledRejection")).toEqual(before);
});

test("toYaml: writes the same text when the program runs again", async () => {
  const render = async () =>
    toYaml(await renderManifests(() => new Backend("web", minimal), options));

  expect(await render()).toBe(await render());
});

test("toYaml: writes what parses back to the manifests when texts look like something else", async () => {
  const data = { a: "no", b: "on", c: "1", d: "1:30", e: "null", f: "a: b", g: "line\nline\n" };
  const manifests = await renderManifests(
    () => [configMap("a", data), configMap("b", data)],
    options,
  );

  const yaml = toYaml(manifests);
  for (const version of ["1.1", "1.2"] as const) {
    const documents = parseAllDocuments(yaml, { version });
    expect([...documents].map((document) => document.toJS())).toEqual(manifests);
  }
});

test("toYaml: writes texts that merge maps, end lines or cannot be printed so that they stay what they are", () => {
  const odd = {
    "<<": "<<",
    del: "a\u007fb",
    c1: "a\u0085b\u009f",
    lines: "a\u2028b\u2029",
    bom: "\ufeffa",
  };
  const manifest = { apiVersion: "v1", kind: "Any", metadata: { name: "a" }, odd };

  const yaml = toYaml([manifest as Manifest]);

  expect(yaml).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
  expect(yaml).toContain('  "<<": "<<"\n');
  for (const version of ["1.1", "1.2"] as const) {
    expect(parse(yaml, { version, merge: true })).toEqual(manifest);
  }
});

test("toYaml: writes shared objects twice when two fields have the same one", () => {
  const labels = { app: "a" };
  const manifest = { apiVersion: "v1", kind: "Any", metadata: { name: "a", labels }, labels };

  expect(toYaml([manifest])).toBe(
    "apiVersion: v1\nkind: Any\nmetadata:\n  name: a\n  labels:\n    app: a\nlabels:\n  app: a\n",
  );
});
