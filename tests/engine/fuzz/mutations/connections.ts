import { noEnvironment } from "./bases.ts";
import { breaks as breaksIn, breaksKey, type Mutation } from "./mutation.ts";
import { not } from "./values.ts";

const breaks = (
  rule: string,
  place: string,
  values: Parameters<typeof breaksIn>[3],
  beside?: Parameters<typeof breaksIn>[4],
) => breaksIn(rule, "Backend", place, values, beside);

const api = {
  target: {
    ...{ namespace: "data", selector: { app: "api" }, drainSeconds: 10, serviceName: "api" },
    ports: [
      { name: "http", containerPort: 8080, port: 80 },
      { name: "metrics", containerPort: 9090 },
    ],
  },
  port: "http",
};
const connected = { args: { ...noEnvironment, connectsTo: { API: api } } };
const KEY = { path: "args.connectsTo key" };
const variables = ["API_HOST", "API_PORT", "API_URL"];
const target = "connectsTo.API.target";

/** The rules of whom a Backend connects to. */
export const connections: readonly Mutation[] = [
  breaks("connectsTo: an object", "connectsTo", [null, "api", 1, []]),
  breaks("connectsTo: an object", "connectsTo.API", [null, "api", 1, []], connected),
  breaksKey(
    "connectsTo key: upper case with single underscores",
    "Backend",
    "connectsTo",
    ["", "a", "1A", "_A", "A_", "A__B", "A-B", "Ä", "A".repeat(64)],
    { args: noEnvironment, value: api },
  ),
  ...["env", "secretEnv"].map((map) =>
    breaksKey("connectsTo key: variables of its own", "Backend", map, variables, {
      ...connected,
      ...KEY,
    }),
  ),
  ...["envFromSecretKeys", "envFromConfigMapKeys"].map((map) =>
    breaksKey("connectsTo key: variables of its own", "Backend", map, variables, {
      ...connected,
      ...{ ...KEY, value: { name: "a", key: "b" } },
    }),
  ),
  breaks("connectsTo port: IANA service name", "connectsTo.API.port", not.ianaName, connected),
  breaks("connectsTo port: one that the Pods declare", "connectsTo.API.port", ["https"], connected),
  breaks("connectsTo port: one of the Service", "connectsTo.API.port", ["metrics"], connected),
  breaks("connectsTo port: one of the Service", `${target}.ports[0].port`, [undefined], {
    ...connected,
    path: "args.connectsTo.API.port",
  }),
  // Of a late target each field is judged.
  breaks("connectsTo target: an object", target, [undefined, null, "api", []], {
    ...connected,
    plain: true,
  }),
  breaks("connectsTo target: a namespace", `${target}.namespace`, not.dns1123, connected),
  breaks(
    "connectsTo target: a Service",
    `${target}.serviceName`,
    [undefined, ...not.dns1035],
    connected,
  ),
  breaks("connectsTo target: labels", `${target}.selector`, [{}, null, "app"], connected),
  breaks("connectsTo target: labels", `${target}.selector.app`, ["", ...not.labelValue], connected),
  breaksKey("connectsTo target: labels", "Backend", `${target}.selector`, not.qualified, connected),
  breaks("connectsTo target: ports", `${target}.ports`, [[], null, "http", {}], connected),
  breaks("connectsTo target: ports", `${target}.ports[0].name`, not.ianaName, connected),
  breaks("connectsTo target: ports", `${target}.ports[0].containerPort`, not.portNumber, connected),
  breaks("connectsTo target: ports", `${target}.ports[0].port`, not.portNumber, connected),
  breaks("connectsTo target: ports", `${target}.ports[0].protocol`, not.choice, connected),
  breaks("connectsTo target: ports", `${target}.ports[0].appProtocol`, not.qualified, connected),
];
