import { expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import { backendOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const ports = [{ name: "http", containerPort: 8080, port: 8080 }];

/** The Service of a Backend called `web`. */
async function serviceOf(args: Partial<BackendArgs>) {
  return (await backendOf(args)).resource("core/v1:Service", "web-service");
}

test("Backend: says how traffic goes to its Pods when it is told", async () => {
  const { deleteBeforeReplace, inputs } = await serviceOf({
    internalTrafficPolicy: "Local",
    trafficDistribution: "PreferSameZone",
    publishNotReadyAddresses: later(true),
    sessionAffinity: "ClientIP",
    sessionAffinityTimeoutSeconds: later(86_400),
    ipFamilyPolicy: "RequireDualStack",
    ipFamilies: ["IPv6", "IPv4"],
  });

  expect(deleteBeforeReplace).toBe(true);
  expect(inputs.spec).toEqual({
    type: "ClusterIP",
    internalTrafficPolicy: "Local",
    trafficDistribution: "PreferSameZone",
    publishNotReadyAddresses: true,
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_400 } },
    ipFamilyPolicy: "RequireDualStack",
    ipFamilies: ["IPv6", "IPv4"],
    selector: { app: "web" },
    ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
  });
});

test("Backend: leaves the timeout to the API server when only the affinity is given", async () => {
  const { inputs } = await serviceOf({ sessionAffinity: "ClientIP" });

  expect(inputs.spec.sessionAffinity).toBe("ClientIP");
  expect(inputs.spec).not.toHaveProperty("sessionAffinityConfig");
});

test.each([
  [true, "None"],
  [false, undefined],
])(
  "Backend: has a Service without an address of its own when headless is %s",
  async (headless, ip) => {
    expect((await serviceOf({ headless, ports })).inputs.spec.clusterIP).toBe(ip);
  },
);

test("Backend: keeps its ports apart when it is headless and one is not in the Service", async () => {
  const more = [...ports, { name: "metrics", containerPort: 9090 }];

  expect((await serviceOf({ headless: true, ports: more })).inputs.spec.ports).toHaveLength(1);
});

const noProxy = "must not be set: a headless Service has no proxy that could do it";
const noService = "must not be set: the Backend has no Service; give a port a port";
const dual = 'must be "PreferDualStack" or "RequireDualStack" with two address families';
test.each([
  [
    { headless: true },
    "args.ports[0].port is 80, must be 8080 like its containerPort, a headless Service translates no ports",
  ],
  [{ headless: "yes" }, 'args.headless is "yes", must be true or false'],
  [
    { headless: later(true) },
    "args.headless is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
  ],
  [
    { headless: true, ports, sessionAffinity: "ClientIP" },
    `args.sessionAffinity is "ClientIP", ${noProxy}`,
  ],
  [
    { headless: true, ports, internalTrafficPolicy: "Local" },
    `args.internalTrafficPolicy is "Local", ${noProxy}`,
  ],
  [
    { headless: true, ports, trafficDistribution: "PreferClose" },
    `args.trafficDistribution is "PreferClose", ${noProxy}`,
  ],
  [
    { ports: [{ name: "http", containerPort: 8080 }], publishNotReadyAddresses: true },
    `args.publishNotReadyAddresses is true, ${noService}`,
  ],
  [
    { internalTrafficPolicy: "local" },
    'args.internalTrafficPolicy is "local", must be "Cluster" or "Local"',
  ],
  [
    { trafficDistribution: "Near" },
    'args.trafficDistribution is "Near", must be "PreferSameZone" or "PreferSameNode" or "PreferClose"',
  ],
  [
    { publishNotReadyAddresses: later(1) },
    "args.publishNotReadyAddresses is 1, must be true or false",
  ],
  [{ sessionAffinity: "Cookie" }, 'args.sessionAffinity is "Cookie", must be "None" or "ClientIP"'],
  [
    { sessionAffinityTimeoutSeconds: 60 },
    'args.sessionAffinityTimeoutSeconds is 60, must not be set unless args.sessionAffinity is "ClientIP"',
  ],
  [
    { sessionAffinity: "ClientIP", sessionAffinityTimeoutSeconds: 0 },
    "args.sessionAffinityTimeoutSeconds is 0, must be an integer from 1 to 86400",
  ],
  [
    { sessionAffinity: "ClientIP", sessionAffinityTimeoutSeconds: later(86_401) },
    "args.sessionAffinityTimeoutSeconds is 86401, must be an integer from 1 to 86400",
  ],
  [{ ipFamilies: "IPv4" }, 'args.ipFamilies is "IPv4", must be a list of address families'],
  [
    { ipFamilies: ["IPv4", "IPv4"], ipFamilyPolicy: "PreferDualStack" },
    'args.ipFamilies[1] is "IPv4", must differ from args.ipFamilies[0]',
  ],
  [{ ipFamilies: ["IPv4", "IPv6"] }, `args.ipFamilyPolicy is undefined, ${dual}`],
  [
    { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "SingleStack" },
    `args.ipFamilyPolicy is "SingleStack", ${dual}`,
  ],
  [
    { ipFamilyPolicy: "DualStack" },
    'args.ipFamilyPolicy is "DualStack", must be "SingleStack" or "PreferDualStack" or "RequireDualStack"',
  ],
])("Backend: fails when its Service is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
