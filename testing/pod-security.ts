import type { Container, Pod, PodSpec, SecurityContext } from "./pod.ts";

const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];
const SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];
const SE_LINUX_TYPES = [
  "",
  "container_engine_t",
  "container_init_t",
  "container_kvm_t",
  "container_t",
];
const PROFILES = ["RuntimeDefault", "Localhost"];
const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

/**
 * The violations of the Pod Security Standard "restricted" in a Pod, written from the checks of Kubernetes 1.36.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedViolations(pod: Pod): readonly string[] {
  const { spec = {} } = pod;
  const { containers = [], ephemeralContainers = [], initContainers = [] } = spec;
  const all = [...initContainers, ...containers, ...ephemeralContainers];
  return [
    ...podViolations(pod, spec),
    ...inherited(spec, all),
    ...all.flatMap((container) => [
      ...anywhere(`container ${container.name}`, container.securityContext),
      ...containerViolations(container, spec.os?.name === "windows"),
    ]),
  ];
}

function podViolations({ metadata }: Pod, spec: PodSpec): readonly string[] {
  const namespaces = (["hostNetwork", "hostPID", "hostIPC"] as const).filter((key) => spec[key]);
  const profiles = Object.entries(metadata?.annotations ?? {}).filter(
    ([key, profile]) =>
      key.startsWith(APP_ARMOR_ANNOTATION) && !/^$|^runtime\/default$|^localhost\//.test(profile),
  );
  // A volume without a source becomes an emptyDir.
  const volumes = (spec.volumes ?? []).filter(
    ({ name: _, ...volume }) =>
      Object.keys(volume).length > 0 && !VOLUMES.some((kind) => volume[kind]),
  );
  const sysctls = (spec.securityContext?.sysctls ?? []).filter((it) => !SYSCTLS.includes(it.name));
  return [
    ...namespaces.map((key) => `pod: ${key} must not be true`),
    ...profiles.map(([key]) => `pod: annotation ${key} must be runtime/default or localhost/…`),
    ...volumes.map(({ name }) => `volume ${name}: must be one of ${VOLUMES.join(", ")}`),
    ...sysctls.map(({ name }) => `pod: sysctl ${name} must not be set`),
    ...anywhere("pod", spec.securityContext),
  ];
}

/** Settings that neither a Pod nor a container may have. */
function anywhere(where: string, context: SecurityContext = {}): readonly string[] {
  const { appArmorProfile, seccompProfile, seLinuxOptions, windowsOptions } = context;
  const odd = (profile: { type?: string } | undefined) =>
    profile !== undefined && !PROFILES.includes(profile.type ?? "");
  return [
    ...unless(
      !odd(appArmorProfile),
      `${where}: appArmorProfile.type must be ${PROFILES.join(" or ")}`,
    ),
    ...unless(
      !odd(seccompProfile),
      `${where}: seccompProfile.type must be ${PROFILES.join(" or ")}`,
    ),
    ...unless(
      SE_LINUX_TYPES.includes(seLinuxOptions?.type ?? ""),
      `${where}: seLinuxOptions.type must be one of ${SE_LINUX_TYPES.slice(1).join(", ")}`,
    ),
    ...unless(!seLinuxOptions?.user, `${where}: seLinuxOptions.user must not be set`),
    ...unless(!seLinuxOptions?.role, `${where}: seLinuxOptions.role must not be set`),
    ...unless(
      !windowsOptions?.hostProcess,
      `${where}: windowsOptions.hostProcess must not be true`,
    ),
  ];
}

/** Settings that a container must have if the Pod does not, and that neither may contradict. */
function inherited(spec: PodSpec, containers: readonly Container[]): readonly string[] {
  const { securityContext: pod = {} } = spec;
  const contexts = [
    ["pod", pod] as const,
    ...containers.map((it) => [`container ${it.name}`, it.securityContext ?? {}] as const),
  ];
  const silent = (key: "runAsNonRoot" | "seccompProfile") =>
    pod[key] === undefined
      ? contexts.slice(1).flatMap(([where, it]) => (it[key] === undefined ? [where] : []))
      : [];
  const root = contexts.flatMap(([where, it]) => [
    ...unless(it.runAsNonRoot !== false, `${where}: runAsNonRoot must be true`),
    ...unless(it.runAsUser !== 0, `${where}: runAsUser must not be 0`),
  ]);
  const users = [
    ...silent("runAsNonRoot").map(
      (where) => `${where}: runAsNonRoot must be true, here or in the pod`,
    ),
    ...root,
  ];
  const profiles = silent("seccompProfile").map(
    (where) => `${where}: seccompProfile.type must be ${PROFILES.join(" or ")}, here or in the pod`,
  );
  return [
    // From 1.35, a Pod with its own user namespace may run as root in it.
    ...(spec.hostUsers === false ? [] : users),
    ...(spec.os?.name === "windows" ? [] : profiles),
  ];
}

function containerViolations(container: Container, windows: boolean): readonly string[] {
  const { lifecycle, name, ports = [], securityContext: context = {} } = container;
  const { add = [], drop = [] } = context.capabilities ?? {};
  const handlers = [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
    lifecycle?.postStart,
    lifecycle?.preStop,
  ];
  const hosts = handlers.some((it) => it?.httpGet?.host || it?.tcpSocket?.host);
  const linux = [
    ...unless(context.allowPrivilegeEscalation === false, "allowPrivilegeEscalation must be false"),
    ...unless(drop.includes("ALL"), "capabilities.drop must have ALL"),
    ...unless(
      add.every((it) => it === "NET_BIND_SERVICE"),
      "capabilities.add must be nothing but NET_BIND_SERVICE",
    ),
  ];
  return [
    ...(windows ? [] : linux),
    ...unless(!context.privileged, "privileged must not be true"),
    ...unless((context.procMount ?? "Default") === "Default", "procMount must be Default"),
    ...unless(!ports.some(({ hostPort }) => hostPort), "ports must have no hostPort"),
    ...unless(!hosts, "probes and lifecycle must have no host"),
  ].map((what) => `container ${name}: ${what}`);
}

function unless(fine: boolean, violation: string): readonly string[] {
  return fine ? [] : [violation];
}
