import { expect, test } from "vitest";
import {
  haproxyConfig,
  listenerKey,
  nodePortKey,
  type Plan,
} from "../../../../../local/cloud/load-balancers/haproxy-config.ts";
import { balancer, group, plan, target } from "./balancings.ts";

/** The lines of one section. */
function section(of: Plan, title: string): string[] {
  const lines = haproxyConfig(of).split("\n");
  const start = lines.indexOf(title);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith("  "));
  return rest.slice(0, end).map((line) => line.trim());
}

const titles = (of: Plan) =>
  haproxyConfig(of)
    .split("\n")
    .filter((line) => /^\w/.test(line));

test("haproxyConfig: carries TCP, tries no connection again and sends none elsewhere", () => {
  const defaults = section(plan(), "defaults");

  expect(defaults).toContain("mode tcp");
  expect(defaults).toContain("retries 0");
  expect(defaults).toContain("no option redispatch");
  expect(haproxyConfig(plan()).match(/retries|redispatch|retry-on/g)).toHaveLength(2);
});

test("haproxyConfig: binds each listener to its load balancer's address, and to the host where a port is assigned", () => {
  const balancers = [balancer({ port: 80 }, { port: 81 })];
  const hostPorts = new Map([[listenerKey(balancer(), 80), 8080]]);

  const both = plan({ balancers, hostPorts });

  expect(section(both, "frontend front:80")).toEqual([
    "bind 10.0.255.1:80",
    "bind unix@/sockets/8080",
    "default_backend web",
  ]);
  expect(section(both, "frontend front:81")).toEqual(["bind 10.0.255.1:81", "default_backend web"]);
});

test("haproxyConfig: checks each target, and has all of them unchecked for when none is healthy", () => {
  expect(section(plan(), "backend web")).toEqual([
    "balance random(1)",
    "hash-type consistent",
    "option allbackups",
    "timeout check 6s",
    "default-server inter 10s rise 3 fall 2 on-marked-down shutdown-sessions",
    "server i-a:30007 10.0.0.4:30007 check",
    "server i-b:30007 10.0.1.4:30007 check",
    "server i-a:30007:open 10.0.0.4:30007 backup",
    "server i-b:30007:open 10.0.1.4:30007 backup",
  ]);
});

test.each(["HTTP", "HTTPS"])(
  "haproxyConfig: asks the path over %s when the check says so",
  (protocol) => {
    const check = { protocol, port: "31999", path: "/healthz", successCodes: "200,204" };

    const lines = section(plan({ groups: [group({}, check)] }), "backend web");

    expect(lines).toContain("option httpchk");
    expect(lines.find((line) => line.startsWith("http-check send"))).toContain(
      "meth GET uri /healthz ver HTTP/1.1",
    );
    expect(lines).toContain("http-check expect status 200,204");
    const secure = protocol === "HTTPS" ? " check-ssl verify none" : "";
    expect(lines).toContain(
      `default-server inter 10s rise 3 fall 2 port 31999${secure} on-marked-down shutdown-sessions`,
    );
  },
);

test.each(["/it's", '/"', "/100%", "/$HOME", "/#"])(
  "haproxyConfig: keeps the path %j of a check one word",
  (path) => {
    const lines = section(plan({ groups: [group({}, { protocol: "HTTP", path })] }), "backend web");

    const sent = lines.find((line) => line.startsWith("http-check send")) ?? "";
    const word = `'${path.replaceAll("'", "'\\''")}'`;
    expect(sent).toContain(`meth GET uri ${word} ver HTTP/1.1 hdr Host `);
    expect(lines.filter((line) => line.startsWith("server"))).toHaveLength(4);
  },
);

test.each(["front\nprogram x", "a b", "$HOME", 'a"b', "a#b", "x".repeat(200)])(
  "haproxyConfig: fails for a load balancer of the name %j",
  (name) => {
    const balancers = [{ ...balancer({}), name }];

    expect(() => haproxyConfig(plan({ balancers }))).toThrow("name of frontend is");
  },
);

test("haproxyConfig: fails for a path of more than one line", () => {
  const path = "/x\n  server evil 1.2.3.4:80";

  expect(() => haproxyConfig(plan({ groups: [group({}, { protocol: "HTTP", path })] }))).toThrow(
    "http-check of backend web is",
  );
});

test("haproxyConfig: sends the proxy protocol, keeps clients with a target and spares connections when the attributes say so", () => {
  const attributes = {
    "proxy_protocol_v2.enabled": "true",
    "stickiness.enabled": "true",
    "target_health_state.unhealthy.connection_termination.enabled": "false",
  };

  const lines = section(plan({ groups: [group({ attributes })] }), "backend web");

  expect(lines).toContain("balance source");
  expect(lines).toContain("server i-a:30007 10.0.0.4:30007 send-proxy-v2 check");
  expect(lines).toContain("server i-a:30007:open 10.0.0.4:30007 send-proxy-v2 backup");
  expect(lines).toContain("default-server inter 10s rise 3 fall 2");
});

test("haproxyConfig: has no server for a target that is gone or whose address is unknown", () => {
  const groups = [group({ targets: [target("i-a", "10.0.0.4"), target("i-x", undefined)] })];

  const lines = section(plan({ groups }), "backend web");

  expect(lines.filter((line) => line.startsWith("server"))).toEqual([
    "server i-a:30007 10.0.0.4:30007 check",
    "server i-a:30007:open 10.0.0.4:30007 backup",
  ]);
});

test.each(["TLS", "UDP", "QUIC"])(
  "haproxyConfig: carries no listener of protocol %s",
  (protocol) => {
    expect(titles(plan({ balancers: [balancer({ protocol })] }))).toEqual(["global", "defaults"]);
  },
);

test("haproxyConfig: carries no load balancer without an address", () => {
  const titled = titles(plan({ addresses: new Map() }));

  expect(titled).not.toContain("frontend front:80");
});

test("haproxyConfig: leads from the host to a node port of every node", () => {
  const hostPorts = new Map([[nodePortKey(30_007), 30_007]]);

  const lines = section(plan({ nodePorts: [30_007, 30_008], hostPorts }), "listen node_port:30007");

  expect(lines).toEqual([
    "bind unix@/sockets/30007",
    "balance roundrobin",
    "server 10.0.0.4 10.0.0.4:30007 check inter 1s",
    "server 10.0.1.4 10.0.1.4:30007 check inter 1s",
  ]);
});
