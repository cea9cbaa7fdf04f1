import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { page } from "../unit/support/documents.ts";
import { config, core } from "./rig.ts";
import { StateProject } from "./state/project.ts";

const MILLISECONDS = 600_000;
const NAMESPACE = "state-runbooks";
/** An update as every day has it. */
const UPDATE = "pulumi up --stack dev --yes --skip-preview";
const CONFLICT = "Server-Side Apply field conflict detected";
const apps = config.makeApiClient(AppsV1Api);

/** What the page shows, in a namespace that no other test has. */
const blocks = page("docs/guide/state.md").blocks.map(({ info, text }) => ({
  info,
  text: text
    .replaceAll('"shop"', `"${NAMESPACE}"`)
    .replaceAll(" shop/settings", ` ${NAMESPACE}/settings`),
}));
const commands = blocks.filter(({ info }) => info === "sh").map(({ text }) => text);
const [declared = "", imported = ""] = blocks
  .filter(({ info }) => info === "ts")
  .map(({ text }) => text);
const [, newest = ""] = /@pulumi\/kubernetes@(\S+)/.exec(commands.join("\n")) ?? [];

const project = new StateProject();
/** The commands that have run. */
const ran: string[] = [];

/** Runs the next commands of the page, which have to begin like this. */
async function next(beginning: string): Promise<string> {
  const text = commands[ran.length] ?? "";
  if (!text.startsWith(beginning)) throw new Error(`The page goes on with ${text}`);
  ran.push(text);
  return project.run(text);
}

/** The uids of everything that the program has in the cluster, and the Pods' template: what stays when nothing is replaced or restarted. */
async function identities() {
  const [deployment, service, settings] = await Promise.all([
    apps.readNamespacedDeployment({ name: "web", namespace: NAMESPACE }),
    core.readNamespacedService({ name: "web", namespace: NAMESPACE }),
    core.readNamespacedConfigMap({ name: "settings", namespace: NAMESPACE }),
  ]);
  const uids = [deployment, service, settings].map(({ metadata }) => metadata?.uid);
  return [...uids, deployment.spec?.template, service.spec?.clusterIP];
}

const stateFile = () => join(project.folder, "state/.pulumi/stacks/runbooks/dev.json");
const resources = (text: string) => JSON.parse(text).deployment.resources;
const urnsOf = async () =>
  resources(await project.run("pulumi stack export --stack dev"))
    .map(({ urn }: { urn: string }) => urn)
    .sort();

beforeAll(async () => {
  project.write("index.ts", declared);
  await project.run("pulumi stack init dev");
  await project.run(UPDATE);
  await core.createNamespacedConfigMap({
    namespace: NAMESPACE,
    fieldManager: "kubectl-create",
    body: { metadata: { name: "settings" }, data: { timeout: "5" } },
  });
}, MILLISECONDS);

afterAll(async () => {
  await core.deleteNamespace({ name: NAMESPACE }).catch(() => undefined);
  project.remove();
}, MILLISECONDS);

describe("docs/guide/state.md", { timeout: MILLISECONDS }, () => {
  test("imports an object that the cluster has, which stays the same object", async () => {
    await next("pulumi stack export");
    const before = await identities();

    await next("pulumi import");
    project.write("index.ts", `${declared}\n${imported}`);
    const preview = await next("pulumi preview");

    expect(preview).not.toMatch(/to (create|delete|replace)/);
    expect(await identities()).toEqual(before);
    await project.run("pulumi preview --stack dev --expect-no-changes");
  });

  test("shows a change by hand after a refresh, and puts it back", async () => {
    const place = { name: "web", namespace: NAMESPACE };
    const before = await identities();
    const scale = await apps.readNamespacedDeploymentScale(place);
    await apps.replaceNamespacedDeploymentScale({
      ...place,
      body: { ...scale, spec: { replicas: 7 } },
    });
    const unseen = await project.run("pulumi preview --stack dev --expect-no-changes");

    const refreshed = await next("pulumi refresh");
    await expect(project.run(`${UPDATE} --refresh`)).rejects.toThrow(CONFLICT);
    await next("PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up");

    expect(unseen).not.toContain("replicas");
    expect(refreshed).toMatch(/replicas: 2 => 7/);
    expect((await apps.readNamespacedDeployment(place)).spec?.replicas).toBe(2);
    expect(await identities()).toEqual(before);
  });

  test("takes a lost state back from a copy", async () => {
    const before = await identities();
    rmSync(stateFile());

    await next("pulumi stack init dev\npulumi stack import");

    expect(await identities()).toEqual(before);
    await project.run("pulumi preview --stack dev --refresh --expect-no-changes");
  });

  test("makes a lost state anew without a copy, and leaves every object as it is", async () => {
    const [before, urns] = [await identities(), await urnsOf()];
    rmSync(stateFile());

    await next("pulumi stack init dev\nPULUMI_K8S_UPSERT");

    expect(await identities()).toEqual(before);
    expect(await urnsOf()).toEqual(urns);
  });

  test("changes after that what the lost state had written too, when it is told to", async () => {
    const replicas = async () =>
      (await apps.readNamespacedDeployment({ name: "web", namespace: NAMESPACE })).spec?.replicas;
    const three = declared.replace("    ports:", "    replicas: 3,\n    ports:");
    project.write("index.ts", `${three}\n${imported}`);
    await expect(project.run(UPDATE)).rejects.toThrow(CONFLICT);

    await next("PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up");

    expect(await replicas()).toBe(3);
    project.write("index.ts", `${declared}\n${imported}`);
    await project.run(UPDATE);
    expect(await replicas()).toBe(2);
  });

  test("gives the stack another name, and changes nothing in the cluster", async () => {
    const before = await identities();

    await next("pulumi stack rename prod");
    const renamed = resources(await project.run("pulumi stack export --stack prod"));
    await next("pulumi stack rename dev");

    expect(renamed[0].urn).toContain("urn:pulumi:prod::");
    expect(await identities()).toEqual(before);
  });

  test("moves the stack to another backend, which goes on with it", async () => {
    const [before, urns] = [await identities(), await urnsOf()];

    await next("pulumi stack export");
    expect(await urnsOf()).toEqual(urns);
    await next("PULUMI_BACKEND_URL");

    expect(existsSync(stateFile())).toBe(false);
    expect(await identities()).toEqual(before);
    await project.run(`${UPDATE} --expect-no-changes`);
  });

  test("changes the version of the provider, and back", async () => {
    const providers = async () =>
      resources(await project.run("pulumi stack export --stack dev"))
        .filter(({ type }: { type: string }) => type === "pulumi:providers:kubernetes")
        .map(({ inputs }: { inputs: { version: string } }) => inputs.version);
    const [before, older] = [await identities(), await providers()];

    await next("pulumi stack export");
    const newer = await providers();
    await next("npm install");

    expect([older, newer, await providers()]).toEqual([["4.25.0"], [newest], ["4.25.0"]]);
    expect(await identities()).toEqual(before);
  });

  test("has no command that did not run", () => {
    expect(ran).toEqual(commands);
    expect(commands.length).toBeGreaterThanOrEqual(12);
  });
});
