import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import type { AwsNetwork } from "../../local/cloud/network.ts";
import { ensurePki } from "../../local/cluster/pki.ts";
import { messageOf } from "../../local/errors.ts";
import { writeNodeConfigs } from "../../local/nodes/configs.ts";
import { nodeFolder, type RealNode, realNodes } from "../../local/nodes/names.ts";
import { localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { type Format, formats } from "./generated-files/formats.ts";
import { Readers } from "./generated-files/readers.ts";
import { values } from "./generated-files/values.ts";

const VALUES_A_FORMAT = 250;
/** A refusal shows the value cut, on one line. */
const REFUSAL = /^Cannot write [ -~…]{1,400}$/;
/** So that no format passes by refusing nearly everything. */
const LEAST_ACCEPTED = 15;
/** Names that differ in upper and lower case alone are one name to some readers. */
const distinct = (all: readonly string[], same: (value: string) => string) => [
  ...new Map(all.map((value) => [same(value), value])).values(),
];

let cniPlugins: string;
let readers: Readers;

beforeAll(async () => {
  const tools = [
    "aws-cloud-controller-manager",
    "containerd",
    "coredns",
    "haproxy",
    "kube-proxy",
    "kubelet",
    "moto",
    "pulumi",
  ] as const;
  const toolchain = await ensureToolchain({ tools, report });
  readers = new Readers(toolchain.paths);
  ({ cniPlugins } = toolchain);
}, 3_600_000);
afterAll(() => readers?.remove());

/** Why a format cannot express a value; `undefined` where it can. */
function refusalOf({ write }: Format, value: string): string | undefined {
  try {
    write([value]);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

const sorted = (all: readonly string[]) => [...all].sort();

describe("generated files", () => {
  const drawn = values(VALUES_A_FORMAT);
  let checked = 0;

  test.each(formats)(
    "$name: is read as it was written, or refused by the field's name",
    async (format) => {
      const { field, name, read, same = (value) => value, write } = format;
      const refusals = drawn.map((value) => refusalOf(format, value));
      for (const refusal of refusals.filter((it) => it !== undefined)) {
        expect(refusal).toMatch(REFUSAL);
        expect(refusal).toContain(`${field} is `);
      }
      const accepted = distinct(
        drawn.filter((_, index) => refusals[index] === undefined),
        same,
      );
      expect(accepted.length, name).toBeGreaterThan(LEAST_ACCEPTED);

      const back = await read(readers, write(accepted), accepted.length);

      expect(sorted(back.map(same))).toEqual(sorted(accepted.map(same)));
      checked += drawn.length;
    },
  );

  test.each(formats)(
    "$name: is not read as it was written when values are pasted",
    async (format) => {
      const { paste, read, same = (value) => value } = format;
      const pasted = distinct(drawn.slice(0, 100), same);

      const back = await read(readers, paste(pasted), 1).catch(() => []);

      expect(sorted(back.map(same))).not.toEqual(sorted(pasted.map(same)));
    },
  );

  test("are checked with more than 2,000 names and values", async ({ annotate }) => {
    expect(checked).toBeGreaterThan(2000);
    await annotate(
      `Generated files: ${checked} names and values in ${formats.length} kinds of fields, each read back as written or refused`,
      "figure",
    );
  });
});

const NETWORK: AwsNetwork = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1"],
  securityGroupId: "sg-1",
  instances: [
    {
      instanceId: "i-1",
      privateDnsName: "ip-10-0-0-10.ec2.internal",
      privateIpAddress: "10.0.0.10",
      zone: "us-east-1a",
    },
  ],
};

/** The same with all names of fields in lower case: the kubelet shows its configuration by the names of its own type. */
function lowerCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key.toLowerCase(), lowerCase(child)]),
  );
}

describe("the configuration of a node", () => {
  const [node] = realNodes(NETWORK) as [RealNode];

  test.each(["plain", "a 'b' \"c\" #d: \\n %e $HOME", "no\nyes: true", "\u00e4\u2028\u{1f600}"])(
    "is that of the kubelet and of kube-proxy, where the cluster is in the folder %j",
    async (name) => {
      const outer = mkdtempSync(join(tmpdir(), "node-configs-"));
      onTestFinished(() => rmSync(outer, { recursive: true }));
      const paths = localPaths(join(outer, name));
      const pki = await ensurePki(paths.pki);
      const ports = { apiServer: 6443, aws: 5000 };

      writeNodeConfigs({ paths, pki, ports, toolchain: { cniPlugins } }, node);

      const written = (file: string) => readFileSync(join(nodeFolder(paths, node), file), "utf8");
      const [kubelet, kubeProxy] = [written("kubelet.yaml"), written("kube-proxy.yaml")];
      const { apiVersion, kind, resolvConf: ResolverConfig, ...rest } = parse(kubelet);
      expect(rest.authentication.x509.clientCAFile).toBe(pki.authority);
      const wanted = lowerCase({ ...rest, ResolverConfig });
      expect(lowerCase(await readers.kubelet(kubelet))).toMatchObject(wanted as object);
      expect(await readers.kubeProxyConfiguration(kubeProxy)).toMatchObject(parse(kubeProxy));
    },
  );
});
