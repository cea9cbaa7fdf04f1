import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import {
  CLUSTER_DNS,
  clusterKey,
  GATEWAY,
  RESOLVER,
  realNodes,
  socketFolder,
} from "../../../../local/nodes/names.ts";
import { checkout, localPaths } from "../../../../local/paths.ts";

const instance = (index: number) => ({
  zone: `us-east-1${"abc"[index]}`,
  instanceId: `i-${index}`,
  privateDnsName: `ip-10-0-${index}-4.ec2.internal`,
  privateIpAddress: `10.0.${index}.4`,
});
const nodes = realNodes({
  vpcId: "vpc-1",
  subnetIds: [],
  securityGroupId: "sg-1",
  instances: [0, 1, 2].map(instance),
});

describe("realNodes", () => {
  test("realNodes: have the names and addresses of their machines when these are known", () => {
    expect(nodes.map(({ address, name }) => `${name} ${address}`)).toEqual([
      "ip-10-0-0-4.ec2.internal 10.0.0.4",
      "ip-10-0-1-4.ec2.internal 10.0.1.4",
      "ip-10-0-2-4.ec2.internal 10.0.2.4",
    ]);
  });

  test("realNodes: share no address of a Pod and none with what else is in their network when there are several", () => {
    expect(new Set(nodes.map(({ podCidr }) => podCidr)).size).toBe(3);
    expect(nodes.map(({ address }) => address)).not.toContain(GATEWAY);
    expect(nodes.map(({ address }) => address)).not.toContain(RESOLVER);
  });
});

describe("clusterKey", () => {
  test("clusterKey: is another one when the folder is another, and the same when it is the same", () => {
    const keys = [".local", ".local/test/traffic", ".local"].map((root) =>
      clusterKey(localPaths(root)),
    );

    expect(keys[0]).toBe(keys[2]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test("socketFolder: leaves a socket's name 80 of its 107 characters when the checkout lies deep", () => {
    const deep = localPaths(`/${"deep/".repeat(60)}`);

    expect(socketFolder(deep).length).toBeLessThan(107 - 80);
  });
});

describe("the cluster's DNS", () => {
  test("CLUSTER_DNS: is the address of its Service when Pods are told where to ask", () => {
    const file = join(checkout, "local/nodes/cluster-dns.yaml");
    const objects = parseAllDocuments(readFileSync(file, "utf8")).map((object) => object.toJS());
    const service = objects.find(({ kind }) => kind === "Service");

    expect(service.spec.clusterIP).toBe(CLUSTER_DNS);
  });
});
