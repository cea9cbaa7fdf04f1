import { claiming, unsigned, wireBytes } from "../shared/aws-attempts.ts";
import { disguises, readings } from "../shared/aws-disguises.ts";

/** What somebody without credentials sends to whoever listens. */
export interface Attempt {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The name that all writes are to leave behind. */
export const INTRUDER = "intruder";

const READ = [
  ...[
    "/",
    "/healthz",
    "/livez?verbose",
    "/readyz?verbose",
    "/health",
    "/_health",
    "/ready",
    "/version",
  ],
  ...["/metrics", "/metrics/slis", "/metrics/cadvisor", "/metrics/resource", "/metrics/probes"],
  ...["/configz", "/statusz", "/flagz", "/proxyMode", "/debug/vars", "/debug/requests"],
  ...[
    "/debug/pprof/",
    "/debug/pprof/goroutine?debug=2",
    "/debug/pprof/cmdline",
    "/debug/pprof/heap",
  ],
  ...["/debug/pprof/profile?seconds=1", "/debug/flags/v", "/config/dump", "/admin", "/stats;csv"],
  ...["/pods", "/runningpods/", "/spec/", "/stats/summary", "/logs/", "/checkpoint/x/y/z"],
  ...[
    "/containerLogs/kube-system/x/y",
    "/exec/kube-system/x/y?command=id",
    "/attach/x",
    "/cri/exec/x",
  ],
  ...["/api", "/apis", "/api/v1/secrets", "/api/v1/namespaces", "/api/v1/nodes", "/openapi/v2"],
  ...["/.well-known/openid-configuration", "/openid/v1/jwks", "/logs/kube-apiserver.log"],
  ...[
    "/members",
    "/raft",
    "/raft/stream/message/1",
    "/raft/probing",
    "/lease/internal",
    "/v2/keys",
  ],
  ...["/downgrade/enabled", "/hashkv", "/..%2f..%2fetc/passwd", "/%00", `/${"a".repeat(9000)}`],
];
const object = JSON.stringify({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: INTRUDER },
});
const key = Buffer.from(INTRUDER).toString("base64");
const WRITE = [
  ["POST", "/api/v1/namespaces", object],
  ["PATCH", `/api/v1/namespaces/${INTRUDER}?fieldManager=x&force=true`, object],
  ["DELETE", "/api/v1/namespaces/default", ""],
  ["POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", object],
  ["POST", "/api/v1/namespaces/default/serviceaccounts/default/token", "{}"],
  ["POST", "/v3/kv/range", JSON.stringify({ key: "AA==", range_end: "AA==" })],
  ["POST", "/v3/kv/put", JSON.stringify({ key, value: key })],
  ["POST", "/v3/kv/deleterange", JSON.stringify({ key: "AA==", range_end: "AA==" })],
  ["POST", "/v3/maintenance/snapshot", "{}"],
  ["POST", "/v3/cluster/member/add", JSON.stringify({ peerURLs: ["http://127.0.0.1:1"] })],
  ["PUT", `/v2/keys/${INTRUDER}`, "value=x"],
  ["POST", "/members/promote/1", ""],
  ["POST", "/leases", "\0"],
  ["POST", "/run/kube-system/x/y", "cmd=id"],
  ["POST", "/exec/kube-system/x/y", "command=id"],
  ["PUT", "/debug/flags/v", "9"],
  ["POST", "/", ""],
  ["PUT", "/", "x"],
  ["DELETE", "/", ""],
  ["OPTIONS", "/", ""],
  ["TRACE", "/", ""],
] as const;
const CLAIMS: Readonly<Record<string, string>> = {
  nobody: "",
  "a token of nobody": "Authorization: Bearer of-nobody\r\n",
  "a name and a password": `Authorization: Basic ${Buffer.from("admin:admin").toString("base64")}\r\n`,
  "a proxy": "X-Remote-User: admin\r\nX-Remote-Group: system:masters\r\n",
  "a stand-in": "Impersonate-User: admin\r\nImpersonate-Group: system:masters\r\n",
};
const CLAIMED = ["/api/v1/secrets", "/pods", "/metrics", "/configz"];
const NONSENSE: Readonly<Record<string, string>> = {
  nothing: "",
  "a NUL": "\0\0\0\0",
  "a line": "show info;show env;show stat\n",
  "an older version of HTTP": "GET /\r\n\r\n",
  "a version of HTTP to come": "GET / HTTP/9.9\r\n\r\n",
  "the second version of HTTP": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
  "an upgrade": "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n",
  "the upgrade to the second version":
    "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
  "two lengths":
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
  "pieces and a length":
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
  "a length that is none": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
  "a long header": `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(65_536)}\r\n\r\n`,
  "no host": "GET /metrics HTTP/1.1\r\n\r\n",
  "a proxy's way": "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n",
  "a whole address":
    "GET http://127.0.0.1/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  "a word of who is behind": "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nGET /metrics HTTP/1.0\r\n\r\n",
  "the beginning of TLS": "\x16\x03\x01\0\x05hello",
};

/** Requests over HTTP, to be sent to `host`. */
export function requests(host: string): Attempt[] {
  const request = (method: string, path: string, body = "", headers = "") =>
    Buffer.from(
      `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  return [
    ...READ.map((path) => ({ name: `GET ${path.slice(0, 60)}`, bytes: request("GET", path) })),
    ...WRITE.map(([method, path, body]) => ({
      name: `${method} ${path}`,
      bytes: request(method, path, body),
    })),
    ...Object.entries(CLAIMS).flatMap(([claim, header]) =>
      CLAIMED.map((path) => ({
        name: `GET ${path} as ${claim}`,
        bytes: request("GET", path, "", header),
      })),
    ),
  ];
}

/** What is no whole request. */
export const nonsense = (): Attempt[] =>
  Object.entries(NONSENSE).map(([name, text]) => ({ name, bytes: Buffer.from(text, "latin1") }));

/** Calls of AWS and of what simulates it, in every disguise, without a key and with one of nobody. */
export const awsCalls = (host: string): Attempt[] =>
  [...disguises, ...readings].flatMap((attempt) =>
    [unsigned, claiming].map((credentials) => ({
      name: `AWS: ${attempt.name}`,
      bytes: wireBytes(attempt, host, credentials),
    })),
  );

/** Procedures of what speaks gRPC here, each with a message that means all there is. */
export const procedures: readonly string[] = [
  "/etcdserverpb.KV/Range",
  "/etcdserverpb.KV/Put",
  "/etcdserverpb.Maintenance/Status",
  "/etcdserverpb.Cluster/MemberList",
  "/runtime.v1.RuntimeService/ListContainers",
  "/runtime.v1.RuntimeService/Version",
  "/containerd.services.version.v1.Version/Version",
  "/containerd.services.containers.v1.Containers/List",
  "/pulumirpc.ResourceProvider/GetPluginInfo",
  "/pulumirpc.Engine/GetRootResource",
  "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
];
