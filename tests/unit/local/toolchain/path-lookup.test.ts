import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acceptsVersion, findInstalled } from "../../../../local/toolchain/path-lookup.ts";
import { versions } from "../../../../local/toolchain/versions.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "path-lookup-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Installs a program that answers every call with one line. */
async function install(name: string, answer: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, `#!/bin/sh\necho '${answer}'\n`);
  await chmod(path, 0o755);
  return path;
}

const env = (): NodeJS.ProcessEnv => ({
  PATH: `${directory}:/usr/bin:/bin`,
  PULUMI_HOME: directory,
});

describe("acceptsVersion", () => {
  test.each([
    ["pulumi", `v${versions.pulumi}`, true],
    ["pulumi", `v${versions.pulumi}1`, false],
    ["pulumi", `v${versions.pulumi}-alpha.1`, false],
    ["etcd", "etcd Version: 3.6.16\nGit SHA: 1234567", true],
    ["etcd", "etcd Version: 3.5.9", false],
    ["kube-apiserver", "Kubernetes v1.36.0", true],
    ["kube-scheduler", "Kubernetes v1.36.11+k3s1", true],
    ["kube-apiserver", "Kubernetes v1.35.9", false],
    ["aws-cloud-controller-manager", "Kubernetes v1.36.2", true],
    ["kube-apiserver-1.35", "Kubernetes v1.35.9", true],
    ["kube-apiserver-1.35", "Kubernetes v1.36.3", false],
    ["kube-score", "kube-score version: 1.20.0, commit: 0123456, built: 2025-05-01", true],
    ["kube-score", "kube-score version: 1.19.0, commit: 0123456, built: 2024-05-01", false],
    ["kubelet", "Kubernetes v1.35.9", true],
    ["kubelet", "Kubernetes v1.36.3", false],
    ["kube-proxy", "Kubernetes v1.35.4", true],
    ["coredns", "CoreDNS-1.12.4\nlinux/amd64, go1.26.8, ", false],
    ["kwok", "kwok version v0.8.0", false],
    ["moto", "5.2.5", false],
  ] as const)("acceptsVersion: decides about %s when it says %j", (tool, answer, expected) => {
    expect(acceptsVersion(tool, answer)).toBe(expected);
  });
});

describe("findInstalled", () => {
  test("findInstalled: takes a tool from PATH when it tells an accepted version", async () => {
    const path = await install("etcd", "etcd Version: 3.6.16");

    expect(await findInstalled(["etcd"], "/cache", env())).toEqual({ etcd: path });
  });

  test("findInstalled: leaves a tool alone when it tells another version", async () => {
    await install("etcd", "etcd Version: 3.4.0");

    expect(await findInstalled(["etcd"], "/cache", env())).toEqual({});
  });

  test("findInstalled: leaves a tool alone when it cannot tell its version", async () => {
    const path = await install("etcd", "");
    await writeFile(path, "#!/bin/sh\nexit 1\n");

    expect(await findInstalled(["etcd"], "/cache", env())).toEqual({});
  });

  test("findInstalled: takes the API server for the minor version it tells when there are two", async () => {
    const path = await install("kube-apiserver", "Kubernetes v1.35.2");

    const found = await findInstalled(["kube-apiserver", "kube-apiserver-1.35"], "/cache", env());

    expect(found).toEqual({ "kube-apiserver-1.35": path });
  });

  test("findInstalled: takes pulumi together with its language host when both are there", async () => {
    const pulumi = await install("pulumi", `v${versions.pulumi}`);
    const host = await install("pulumi-language-nodejs", "");

    expect(await findInstalled(["pulumi", "pulumi-language-nodejs"], "/cache", env())).toEqual({
      pulumi,
      "pulumi-language-nodejs": host,
    });
  });

  test("findInstalled: takes pulumi from where its launcher installs it when PATH has none", async () => {
    const folder = `versions/${versions.pulumi}/bin`;
    await mkdir(join(directory, folder), { recursive: true });
    const pulumi = await install(`${folder}/pulumi`, "");
    const host = await install(`${folder}/pulumi-language-nodejs`, "");

    expect(await findInstalled(["pulumi", "pulumi-language-nodejs"], "/cache", env())).toEqual({
      pulumi,
      "pulumi-language-nodejs": host,
    });
  });

  test("findInstalled: does not run a launcher when npm has put one on PATH", async () => {
    await mkdir(join(directory, "node_modules/.bin"), { recursive: true });
    const launcher = await install("node_modules/.bin/pulumi", `v${versions.pulumi}`);
    await install("pulumi-language-nodejs", "");
    const { PATH } = env();

    const withLauncher = { ...env(), PATH: `${dirname(launcher)}:${PATH}` };

    expect(await findInstalled(["pulumi"], "/cache", withLauncher)).toEqual({});
  });

  test("findInstalled: takes nothing from our own cache when it is on PATH", async () => {
    await install("etcd", "etcd Version: 3.6.16");

    expect(await findInstalled(["etcd"], dirname(directory), env())).toEqual({});
  });

  test("findInstalled: leaves pulumi alone when it has no language host", async () => {
    await install("pulumi", `v${versions.pulumi}`);

    expect(await findInstalled(["pulumi"], "/cache", env())).toEqual({});
  });

  test("findInstalled: takes the provider when Pulumi has installed it as a plugin", async () => {
    const folder = "plugins/resource-kubernetes-v4.25.0";
    await mkdir(join(directory, folder), { recursive: true });
    const path = await install(`${folder}/pulumi-resource-kubernetes`, "");

    expect(await findInstalled(["pulumi-resource-kubernetes"], "/cache", env())).toEqual({
      "pulumi-resource-kubernetes": path,
    });
  });

  test("findInstalled: leaves the provider alone when its installation has not ended", async () => {
    const folder = "plugins/resource-kubernetes-v4.25.0";
    await mkdir(join(directory, folder), { recursive: true });
    await install(`${folder}/pulumi-resource-kubernetes`, "");
    await writeFile(join(directory, `${folder}.partial`), "");

    expect(await findInstalled(["pulumi-resource-kubernetes"], "/cache", env())).toEqual({});
  });

  test("findInstalled: never takes kwok or moto from PATH", async () => {
    await install("kwok", "kwok version v0.8.0");
    await install("moto", "5.2.5");

    expect(await findInstalled(["kwok", "moto"], "/cache", env())).toEqual({});
  });
});
