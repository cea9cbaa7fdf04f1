import { describe, expect, test } from "vitest";
import { matchers } from "../../../testing/matchers.ts";
import { restrictedViolations } from "../../../testing/pod-security.ts";
import { deployment } from "./objects.ts";

expect.extend(matchers);

const context = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
};
const seccompProfile = { type: "RuntimeDefault" };
const securityContext = { runAsNonRoot: true, seccompProfile };

/** A Pod that passes, with whatever a test is about. */
function pod(
  spec: object = {},
  ofContainer: object = {},
  ofContext: object = {},
  annotations = {},
) {
  const container = { name: "web", securityContext: { ...context, ...ofContext }, ...ofContainer };
  return {
    metadata: { annotations },
    spec: { securityContext, containers: [container], ...spec },
  };
}

const inContainer = (ofContext: object) => pod({}, {}, ofContext);
const ownUser = pod({ hostUsers: false, securityContext: { seccompProfile, runAsUser: 0 } });

describe("restrictedViolations", () => {
  test.each([
    ["the Pod says what containers do not", pod()],
    ["containers say what the Pod does not", pod({ securityContext: {} }, {}, securityContext)],
    [
      "a low port may be bound",
      inContainer({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
    ],
    ["root is one of the Pod's own users", ownUser],
    [
      "volumes are of the kinds that are allowed",
      pod({ volumes: [{ name: "a", emptyDir: {} }, { name: "b" }] }),
    ],
    ["a profile is the node's own", inContainer({ seccompProfile: { type: "Localhost" } })],
    [
      "a setting of the kernel is safe",
      pod({
        securityContext: { ...securityContext, sysctls: [{ name: "net.ipv4.tcp_syncookies" }] },
      }),
    ],
    [
      "it is for Windows, which has no such things",
      pod(
        { os: { name: "windows" }, securityContext: { runAsNonRoot: true } },
        { securityContext: {} },
      ),
    ],
    ["the port of the node is 0", pod({}, { ports: [{ containerPort: 80, hostPort: 0 }] })],
  ])("restrictedViolations: finds nothing when %s", (_, judged) => {
    expect(restrictedViolations(judged)).toEqual([]);
  });

  test.each([
    ["pod: hostNetwork must not be true", pod({ hostNetwork: true })],
    ["pod: hostPID must not be true", pod({ hostPID: true })],
    ["pod: hostIPC must not be true", pod({ hostIPC: true })],
    [
      "pod: annotation container.apparmor.security.beta.kubernetes.io/web must be runtime/default or localhost/…",
      pod({}, {}, {}, { "container.apparmor.security.beta.kubernetes.io/web": "unconfined" }),
    ],
    [
      "volume a: must be one of configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret",
      pod({ volumes: [{ name: "a", hostPath: { path: "/" } }] }),
    ],
    [
      "pod: sysctl kernel.msgmax must not be set",
      pod({ securityContext: { ...securityContext, sysctls: [{ name: "kernel.msgmax" }] } }),
    ],
    [
      "container web: appArmorProfile.type must be RuntimeDefault or Localhost",
      inContainer({ appArmorProfile: { type: "Unconfined" } }),
    ],
    [
      "container web: seccompProfile.type must be RuntimeDefault or Localhost",
      inContainer({ seccompProfile: { type: "Unconfined" } }),
    ],
    [
      "container web: seccompProfile.type must be RuntimeDefault or Localhost, here or in the pod",
      pod({ securityContext: { runAsNonRoot: true } }),
    ],
    [
      "container web: seLinuxOptions.type must be one of container_engine_t, container_init_t, container_kvm_t, container_t",
      inContainer({ seLinuxOptions: { type: "spc_t" } }),
    ],
    [
      "container web: seLinuxOptions.user must not be set",
      inContainer({ seLinuxOptions: { user: "a" } }),
    ],
    [
      "container web: seLinuxOptions.role must not be set",
      inContainer({ seLinuxOptions: { role: "a" } }),
    ],
    [
      "container web: windowsOptions.hostProcess must not be true",
      inContainer({ windowsOptions: { hostProcess: true } }),
    ],
    ["container web: runAsNonRoot must be true", inContainer({ runAsNonRoot: false })],
    [
      "container web: runAsNonRoot must be true, here or in the pod",
      pod({ securityContext: { seccompProfile } }),
    ],
    ["container web: runAsUser must not be 0", inContainer({ runAsUser: 0 })],
    [
      "container web: allowPrivilegeEscalation must be false",
      inContainer({ allowPrivilegeEscalation: undefined }),
    ],
    [
      "container web: capabilities.drop must have ALL",
      inContainer({ capabilities: { drop: ["CHOWN"] } }),
    ],
    [
      "container web: capabilities.add must be nothing but NET_BIND_SERVICE",
      inContainer({ capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
    ],
    ["container web: privileged must not be true", inContainer({ privileged: true })],
    ["container web: procMount must be Default", inContainer({ procMount: "Unmasked" })],
    [
      "container web: ports must have no hostPort",
      pod({}, { ports: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    [
      "container web: probes and lifecycle must have no host",
      pod({}, { readinessProbe: { httpGet: { host: "a.example" } } }),
    ],
    [
      "container web: probes and lifecycle must have no host",
      pod({}, { lifecycle: { preStop: { tcpSocket: { host: "a.example" } } } }),
    ],
  ])("restrictedViolations: finds %j", (violation, judged) => {
    expect(restrictedViolations(judged)).toEqual([violation]);
  });

  test("restrictedViolations: finds the init container when only that one is wrong", () => {
    const initContainers = [{ name: "init" }];

    expect(restrictedViolations(pod({ initContainers }))).toEqual([
      "container init: allowPrivilegeEscalation must be false",
      "container init: capabilities.drop must have ALL",
    ]);
  });
});

test("toPassRestricted: fails with every violation when there are some", () => {
  const judge = () => expect(deployment()).toPassRestricted();

  expect(judge).toThrow(
    'Expected Deployment shop/web to pass the Pod Security Standard "restricted"\n\n' +
      "  container web: runAsNonRoot must be true, here or in the pod\n" +
      "  container web: seccompProfile.type must be RuntimeDefault or Localhost, here or in the pod\n" +
      "  container web: allowPrivilegeEscalation must be false\n" +
      "  container web: capabilities.drop must have ALL",
  );
});

test("toPassRestricted: holds when a workload's Pods pass", () => {
  expect(deployment(pod().spec)).toPassRestricted();
  expect(() => expect(deployment(pod().spec)).not.toPassRestricted()).toThrow(
    'Expected Deployment shop/web not to pass the Pod Security Standard "restricted"',
  );
});
