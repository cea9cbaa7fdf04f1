import { isIPv6 } from "node:net";
import type { HealthCheck, TargetGroup } from "../../../local/cloud/load-balancers/balancing.ts";
import { carriable } from "../../../local/cloud/load-balancers/carriable.ts";
import { backendOf } from "../../../local/cloud/load-balancers/haproxy-backend.ts";
import { UserError } from "../../../local/errors.ts";
import { aptText } from "../../../local/formats/apt.ts";
import { corefileText } from "../../../local/formats/corefile.ts";
import { jsonText, tomlText, yamlText } from "../../../local/formats/data.ts";
import { type HaproxySection, haproxyText } from "../../../local/formats/haproxy.ts";
import { hostsText, resolverText } from "../../../local/formats/hosts.ts";
import { iniText } from "../../../local/formats/ini.ts";
import { shellExports } from "../../../local/formats/shell.ts";
import { stackText } from "../../../local/formats/stack.ts";
import { inOrder, type Readers } from "./readers.ts";

/** A format of generated files, with one kind of field. */
export interface Format {
  readonly name: string;
  /** Part of the field's name in a refusal. */
  readonly field: string;
  /** Writes one file with all the values, each in a field of its own. */
  readonly write: (values: readonly string[]) => string;
  /** How it would be written by pasting: the control. */
  readonly paste: (values: readonly string[]) => string;
  /** The values as the program that the file is for reads them. */
  readonly read: (readers: Readers, text: string, count: number) => Promise<readonly string[]>;
  /** What a reader makes of a value that means the same. */
  readonly same?: (value: string) => string;
}

const numbered = (values: readonly string[]) =>
  Object.fromEntries(values.map((value, index) => [`V${index}`, value]));

const lines = <T>(values: readonly T[], line: (value: T, index: number) => string) =>
  `${values.map(line).join("\n")}\n`;

/** Stands for the port of the server that is checked. */
const CHECKED_PORT = 9;
const CHECKED = `127.0.0.1:${CHECKED_PORT}`;

/** In a proxy configuration with nothing else that could fail. */
const haproxy = (sections: readonly HaproxySection[]) =>
  haproxyText("haproxy.cfg", [
    {
      keyword: "defaults",
      lines: [
        ["mode", "tcp"],
        ...["connect", "client", "server"].map((which) => ["timeout", which, "5s"]),
      ],
    },
    ...sections,
  ]);

/** As the data plane does: what cannot be carried is refused first. */
function backends(groups: readonly TargetGroup[]): string {
  const { balancing, refused } = carriable({ balancers: [], groups });
  if (refused[0] !== undefined) throw new UserError(refused[0]);
  return haproxy(balancing.groups.map(backendOf));
}

const group = (name: string, check: Partial<HealthCheck> = {}): TargetGroup => ({
  arn: name,
  name,
  attributes: {},
  healthCheck: {
    protocol: "HTTP",
    port: "traffic-port",
    path: "/",
    successCodes: "200-399",
    intervalSeconds: 1,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    ...check,
  },
  targets: [{ id: "i-1", port: CHECKED_PORT, address: "127.0.0.1" }],
});

const HEAD = haproxy([]);

/** Of a Corefile, CoreDNS tells the first wrong word alone: each value has a file of its own. */
const BETWEEN_COREFILES = "# the next file\n";

/** With these the AWS cloud controller asks nobody where it runs. */
const NO_QUESTIONS = {
  Region: "us-east-1",
  VPC: "vpc-1",
  SubnetID: "subnet-1",
  KubernetesClusterID: "c",
  Zone: "us-east-1a",
};

const cloudConfig = (values: Readonly<Record<string, string>>) =>
  iniText("aws-cloud-config.ini", "Global", values);

const KUBELET = {
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  failCgroupV1: false,
};
const KUBE_PROXY = {
  apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
  kind: "KubeProxyConfiguration",
};

const pasted = (fields: Readonly<Record<string, string | boolean>>) =>
  lines(Object.entries(fields), ([name, value]) => `${name}: ${value}`);

export const formats: readonly Format[] = [
  {
    name: "HAProxy: name of a proxy",
    field: "name of backend",
    write: (values) =>
      haproxy(
        values.map((name) => ({
          keyword: "backend",
          name,
          lines: [["server", "s", "127.0.0.1:9"]],
        })),
      ),
    paste: (values) =>
      `${HEAD}${lines(values, (name) => `backend ${name}\n  server s 127.0.0.1:9`)}`,
    read: (readers, text) => readers.haproxyNames(text, ({ backend }) => backend),
  },
  {
    name: "HAProxy: name of a server",
    field: "server of backend b",
    write: (values) =>
      haproxy([
        {
          keyword: "backend",
          name: "b",
          lines: values.map((name) => ["server", name, "127.0.0.1:9"]),
        },
      ]),
    paste: (values) =>
      `${HEAD}backend b\n${lines(values, (name) => `  server ${name} 127.0.0.1:9`)}`,
    read: (readers, text) => readers.haproxyNames(text, ({ server }) => server),
  },
  {
    name: "HAProxy: path of a health check",
    field: "groups[0].healthCheck.path",
    write: (values) => backends(values.map((path, index) => group(`b${index}`, { path }))),
    paste: (values) =>
      `${HEAD}${lines(values, (path, index) => `backend b${index}\n  option httpchk\n  http-check send meth GET uri ${path}\n  server s ${CHECKED} check inter 1s`)}`,
    read: (readers, text, count) => readers.haproxyPaths(text, CHECKED, count),
  },
  {
    name: "HAProxy: name of a target group",
    field: "groups[0].name",
    write: (values) => backends(values.map((name) => group(name))),
    paste: (values) =>
      `${HEAD}${lines(values, (name) => `backend ${name}\n  server s ${CHECKED}`)}`,
    read: (readers, text) => readers.haproxyNames(text, ({ backend }) => backend),
  },
  {
    name: "hosts",
    field: "entries[0].name",
    write: (values) => hostsText(values.map((name) => ({ address: "10.1.2.3", name }))),
    paste: (values) => lines(values, (name) => `10.1.2.3 ${name}`),
    read: (readers, text) => readers.hosts(text),
    same: (name) => name.toLowerCase(),
  },
  {
    name: "resolv.conf",
    field: "nameservers[0]",
    write: resolverText,
    paste: (values) => lines(values, (address) => `nameserver ${address}`),
    read: (readers, text) => readers.resolver(text),
    same: (address) =>
      isIPv6(address) && !address.includes("%") ? new URL(`http://[${address}]`).hostname : address,
  },
  {
    name: "INI of the AWS cloud controller",
    field: "NodeIPFamilies",
    write: (values) => values.map((value) => cloudConfig({ NodeIPFamilies: value })).join(""),
    paste: (values) => `[Global]\n${lines(values, (value) => `NodeIPFamilies = ${value}`)}`,
    read: (readers, text) => readers.cloudController(`${cloudConfig(NO_QUESTIONS)}${text}`),
  },
  {
    name: "Corefile",
    field: "word of loadbalance",
    write: (values) =>
      values
        .map((value) =>
          corefileText("resolver.conf", [
            { words: [".:0"], block: [{ words: ["loadbalance", value] }] },
          ]),
        )
        .join(BETWEEN_COREFILES),
    paste: (values) =>
      values.map((value) => `.:0 {\n  loadbalance ${value}\n}\n`).join(BETWEEN_COREFILES),
    read: (readers, text) => readers.coredns(text.split(BETWEEN_COREFILES)),
  },
  {
    name: "containerd's TOML",
    field: "proxy_plugins.V0.address",
    write: (values) =>
      tomlText(
        "containerd.toml",
        plugins(values, (address) => address),
      ),
    paste: (values) =>
      `version = 2\n${lines(values, (value, index) => `[proxy_plugins.V${index}]\n  type = "snapshot"\n  address = "${value}"`)}`,
    read: (readers, text) => readers.containerd(text),
  },
  {
    name: "kubelet's YAML",
    field: "kubeReserved.V0",
    write: (values) => yamlText("kubelet.yaml", { ...KUBELET, kubeReserved: numbered(values) }),
    paste: (values) =>
      `${pasted(KUBELET)}kubeReserved:\n${lines(values, (value, index) => `  V${index}: ${value}`)}`,
    read: async (readers, text) => inOrder((await readers.kubelet(text)).KubeReserved ?? {}),
  },
  {
    name: "kube-proxy's YAML",
    field: "nodePortAddresses.0",
    write: (values) => yamlText("kube-proxy.yaml", { ...KUBE_PROXY, nodePortAddresses: values }),
    paste: (values) =>
      `${pasted(KUBE_PROXY)}nodePortAddresses:\n${lines(values, (value) => `- ${value}`)}`,
    read: (readers, text) => readers.kubeProxy(text),
  },
  {
    name: "YAML 1.1",
    field: "V0",
    write: (values) => yamlText("kubelet.yaml", numbered(values)),
    paste: (values) => lines(values, (value, index) => `V${index}: ${value}`),
    read: (readers, text) => readers.yaml(text),
  },
  {
    name: "YAML of a stack's configuration",
    field: 'config["p:V0"]',
    write: (values) => stackText("Pulumi.dev.yaml", config(values)),
    paste: (values) => `config:\n${lines(values, (value, index) => `  p:V${index}: ${value}`)}`,
    read: (readers, text) => readers.pulumi(text),
  },
  {
    name: "JSON",
    field: "V0",
    write: (values) => jsonText("10-pods.conflist", numbered(values)),
    paste: (values) => `{${values.map((value, index) => `"V${index}": "${value}"`).join(",")}}`,
    read: (readers, text) => readers.json(text),
  },
  {
    name: "shell",
    field: "V0",
    write: (values) => shellExports(numbered(values)),
    paste: (values) => lines(values, (value, index) => `export V${index}='${value}'`),
    read: (readers, text, count) => readers.shell(text, count),
  },
  {
    name: "apt.conf",
    field: "V::N::",
    write: (values) => values.map((value) => aptText({ "V::N::": value })).join(""),
    paste: (values) => lines(values, (value) => `V::N:: "${value}";`),
    read: (readers, text) => readers.apt(text),
  },
];

const plugins = (values: readonly string[], address: (value: string) => string) => ({
  version: 2,
  proxy_plugins: Object.fromEntries(
    values.map((value, index) => [`V${index}`, { type: "snapshot", address: address(value) }]),
  ),
});

const config = (values: readonly string[]) => ({
  config: Object.fromEntries(values.map((value, index) => [`p:V${index}`, value])),
});
