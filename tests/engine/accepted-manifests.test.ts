import { CoreV1Api, type KubeConfig, VersionApi } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fieldsOf } from "../../components/overrides/api-schema.ts";
import { LIST_KEYS } from "../../components/overrides/list-keys.ts";
import { describeManifest, type Manifest } from "../../testing/manifest.ts";
import { applications } from "../shared/applications/index.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import {
  apiServers,
  type LoneApiServer,
  minorVersions,
  startLoneApiServer,
} from "./lone-api-server.ts";
import { apiShapesIn, apiShapesModule, listKeysIn, type OpenApi } from "./open-api.ts";
import { renderedApplications, renderedCells, renderedStacks } from "./rendered-programs.ts";
import { testTool, toolchain } from "./rig.ts";
import { askApiServer, strictDryRun } from "./strict-dry-run.ts";

interface DeploymentSpec {
  readonly template: { readonly spec: object };
}
interface Deployment {
  readonly spec: DeploymentSpec;
}

/** The version that the judgement of patches is written from. */
const NEWEST = "1.36";
/** What 1.35 has beside it: an alpha field that has become schedulingGroup. */
const OLDER_FIELDS: readonly string[] = [
  "PodSpec.workloadRef",
  ...["name", "podGroup", "podGroupReplicaKey"].map((field) => `WorkloadReference.${field}`),
];

const ofKind = (wanted: string) => (manifest: Manifest) => manifest.kind === wanted;

let programs: number;
let manifests: Manifest[];
let ofApplications: Manifest[];

beforeAll(async () => {
  const running = await renderedApplications();
  const rendered = [...(await renderedStacks()), ...(await renderedCells()), ...running];
  programs = rendered.length;
  ofApplications = running.flatMap((program) => program.manifests);
  manifests = rendered.flatMap((program) => program.manifests);
});

/** Creates namespaces that take only what the strictest Pod Security allows, and warn of what would make other Pods. */
async function createNamespaces(config: KubeConfig, names: Iterable<string>): Promise<void> {
  const labels = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  const core = config.makeApiClient(CoreV1Api);
  for (const name of names) await core.createNamespace({ body: { metadata: { name, labels } } });
}

/** What the API server has against the objects, errors and warnings. */
async function objections(config: KubeConfig, wanted: readonly Manifest[]): Promise<string[]> {
  const found = await Promise.all(
    wanted.map(async (manifest) => {
      const { accepted, message = "refused", warnings } = await strictDryRun(config, manifest);
      const texts = accepted ? warnings : [message, ...warnings];
      return texts.map((text) => `${describeManifest(manifest)}: ${text}`);
    }),
  );
  return found.flat();
}

describe.each(minorVersions)("Kubernetes %s", (version) => {
  let server: LoneApiServer;
  let config: KubeConfig;
  let ofNamespaces: string[];

  beforeAll(async () => {
    const tool = apiServers[version];
    const executable = tool === "kube-apiserver" ? toolchain.paths[tool] : await testTool(tool);
    server = await startLoneApiServer(version, executable, toolchain);
    config = server.config;
    ofNamespaces = await objections(config, manifests.filter(ofKind("Namespace"))); // while there are none
    const names = manifests.flatMap(({ metadata }) => metadata.namespace ?? []);
    await createNamespaces(config, new Set(names));
  }, testToolMilliseconds);

  afterAll(() => server.stop());

  test("has nothing against any object when it is of a stack, of the option matrix or of an application", async ({
    annotate,
  }) => {
    const others = manifests.filter(({ kind }) => kind !== "Namespace");

    const found = [...ofNamespaces, ...(await objections(config, others))];

    const { gitVersion } = await config.makeApiClient(VersionApi).getCode();
    await annotate(
      `accepted manifests: Kubernetes ${gitVersion} has ${found.length} errors and warnings for ${manifests.length} objects of ${programs} programs`,
      "figure",
    );
    await annotate(
      `accepted manifests: Kubernetes ${gitVersion} takes ${ofApplications.length} objects of ${applications.length} applications`,
      "figure",
    );
    expect(gitVersion).toContain(`v${version}.`);
    expect(found).toEqual([]);
  });

  test("patches: are merged by the keys of its OpenAPI document", async () => {
    const document = JSON.parse(await askApiServer(config, "/openapi/v2")) as OpenApi;

    expect(LIST_KEYS).toEqual(listKeysIn(document));
  });

  test("patches: are judged by its OpenAPI document", async () => {
    const document = JSON.parse(await askApiServer(config, "/openapi/v2")) as OpenApi;
    const shapes = apiShapesIn(document);

    if (version === NEWEST) {
      const path = "../../components/overrides/api-shapes.ts";
      await expect(apiShapesModule(shapes)).toMatchFileSnapshot(path);
      return;
    }
    const unknown = Object.entries(shapes).flatMap(([definition, fields]) =>
      fields
        .split(" ")
        .map((field) => field.replace(/\W.*/, ""))
        .filter((field) => fieldsOf(definition)?.has(field) !== true)
        .map((field) => `${definition}.${field}`),
    );
    expect(unknown).toEqual(OLDER_FIELDS);
  });

  test.each<[string, (spec: DeploymentSpec) => object, string]>([
    ["a field is misspelt", () => ({ replica: 1 }), 'unknown field "spec.replica"'],
    ["a field is of another type", () => ({ replicas: "1" }), "cannot be handled as a Deployment"],
    [
      "its Pods may be root",
      ({ template }) => ({
        template: { ...template, spec: { ...template.spec, securityContext: {} } },
      }),
      'would violate PodSecurity "restricted',
    ],
  ])("objects to a Deployment of a stack when %s", async (_, changes, objection) => {
    const [sound] = manifests.filter(ofKind("Deployment")) as (Manifest & Deployment)[];
    if (sound === undefined) throw new Error("No stack has a Deployment");

    const broken = { ...sound, spec: { ...sound.spec, ...changes(sound.spec) } };

    expect(await objections(config, [sound])).toEqual([]);
    expect(await objections(config, [broken])).toEqual([expect.stringContaining(objection)]);
  });
});
