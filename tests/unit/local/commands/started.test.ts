import { describe, expect, test } from "vitest";
import { describeStart, printStart, type Started } from "../../../../local/commands/started.ts";

const host = "front-0123.elb.us-east-1.amazonaws.com";
const machine = { zone: "us-east-1a", instanceId: "i-1", privateDnsName: "ip-10-0-0-4" };
const started: Started = {
  cluster: {
    server: "https://127.0.0.1:20000",
    network: {
      vpcId: "vpc-1",
      subnetIds: [],
      securityGroupId: "sg-1",
      instances: [{ ...machine, privateIpAddress: "10.0.0.4" }],
    },
  },
  kubeconfig: "/checkout/.local/kubeconfig",
  nodes: "real",
  outputs: {
    backendUrl: "http://my-backend-service.shop.svc",
    frontAddress: { host, kind: "hostname" },
    frontUrl: `http://${host}`,
    nodePort: 30007,
  },
  page: "http://127.0.0.1:20009/token/",
  forwards: {
    listeners: [
      { loadBalancer: "other", dnsName: "other", address: "10.0.255.1", port: 80, hostPort: 8080 },
      { loadBalancer: "front", dnsName: host, address: "10.0.255.2", port: 80, hostPort: 8081 },
    ],
    nodePorts: [
      { nodePort: 30001, hostPort: 30001 },
      { nodePort: 30007, hostPort: 30008 },
    ],
  },
};
const simulated: Started = {
  ...started,
  nodes: "simulated",
  forwards: { listeners: [], nodePorts: [] },
};

describe("describeStart", () => {
  test("describeStart: names the ports of this machine that lead to the stack's own addresses when nodes are real", () => {
    const { localFrontUrl, localNodePortUrl } = describeStart(started);

    expect(localFrontUrl).toBe("http://127.0.0.1:8081");
    expect(localNodePortUrl).toBe("http://127.0.0.1:30008");
  });

  test("describeStart: says that nothing of this machine leads there when nodes are simulated", () => {
    const { localFrontUrl, localNodePortUrl } = describeStart(simulated);

    expect([localFrontUrl, localNodePortUrl]).toEqual([null, null]);
  });
});

describe("printStart", () => {
  test("printStart: ends with the page of the namespace in which the back end answers", () => {
    const lines = printStart(describeStart(simulated)).trimEnd().split("\n");

    expect(lines.at(-1)).toBe("Where is my Pod? http://127.0.0.1:20009/token/?namespace=shop");
  });

  test("printStart: ends with the page alone when there is no back end", () => {
    const printed = printStart(describeStart({ ...started, outputs: {} }));

    expect(printed.trimEnd()).toMatch(/Where is my Pod\? http:\/\/127\.0\.0\.1:20009\/token\/$/);
  });

  test("printStart: ends with all addresses when the page could not be served", () => {
    const result = describeStart({ ...started, page: undefined });

    expect(result.pageUrl).toBeNull();
    expect(printStart(result)).toMatch(
      /front {9}http[\s\S]*Where is my Pod\? Its page could not be served$/m,
    );
  });

  test("printStart: shows addresses that answer when nodes are real", () => {
    const printed = printStart(describeStart(started));

    expect(printed).toContain("real Pods on real nodes");
    expect(printed).toContain("dev entrance  http://127.0.0.1:30008 (NodePort on every node");
    expect(printed).toContain(
      "front         http://127.0.0.1:8081 (load balancer in the simulated AWS",
    );
  });

  test("printStart: says that no packet reaches a Pod when nodes are simulated", () => {
    const printed = printStart(describeStart(simulated));

    expect(printed).toContain("no packet reaches a Pod");
    expect(printed).toContain(
      "http://10.0.0.4:30007 (NodePort on every node; simulated: nothing listens there)",
    );
    expect(printed).not.toContain("127.0.0.1:30008");
  });
});
