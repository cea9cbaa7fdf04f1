import type { CoreV1Event, KubernetesObject } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { heldText, whatHolds } from "../../../../components/cluster/deletion/what-holds.ts";

const service = { apiVersion: "v1", kind: "Service", name: "front", namespace: "shop", uid: "u1" };
const namespace = {
  apiVersion: "v1",
  kind: "Namespace",
  name: "shop",
  namespace: undefined,
  uid: "u2",
};

const live = (finalizers: string[], others: object = {}): KubernetesObject => ({
  metadata: { name: "front", deletionTimestamp: new Date(0), finalizers },
  ...others,
});
const event = (resourceVersion: string, message: string): CoreV1Event => ({
  metadata: { resourceVersion },
  involvedObject: {},
  reason: "SyncLoadBalancerFailed",
  message,
});

const WAY_OUT =
  "check that it runs and may delete the load balancer. If it is gone for good: kubectl patch service front --namespace shop --type=merge " +
  `--patch '{"metadata":{"finalizers":null}}' ends the wait, and the load balancer stays in the cloud, open and paid for, until it is deleted there by hand`;

describe("whatHolds", () => {
  test.each([
    ["service.kubernetes.io/load-balancer-cleanup", "the cluster's cloud controller manager"],
    ["service.k8s.aws/resources", "the AWS Load Balancer Controller"],
    ["gke.networking.io/l4-ilb-v1", "GKE's controller of load balancers"],
    ["gke.networking.io/l4-ilb-v2", "GKE's controller of load balancers"],
    ["gke.networking.io/l4-netlb-v2", "GKE's controller of load balancers"],
    ["gke.networking.io/l4-netlb-v3", "GKE's controller of load balancers"],
    ["svccontroller.k3s.cattle.io/daemonset", "the load balancer controller of K3s"],
  ])(
    "whatHolds: names who takes it off and the way out when a Service has the finalizer %s",
    (finalizer, who) => {
      expect(whatHolds(service, live([finalizer]), [])).toBe(
        `its finalizer ${finalizer} is removed by ${who} once the load balancer is deleted; there is no event about it; ${WAY_OUT}`,
      );
    },
  );

  test("whatHolds: shows the last event, by version and not by place, when there are several", () => {
    const finalizer = "service.kubernetes.io/load-balancer-cleanup";
    const events = [event("1000", "no right to delete\n"), event("999", "before")];

    expect(whatHolds(service, live([finalizer]), events)).toContain(
      "the last event is SyncLoadBalancerFailed, no right to delete; check that",
    );
  });

  test.each([
    [
      ["a.example/x"],
      "its finalizer a.example/x is removed by the controller that added it, which has not happened; check that its controller runs",
    ],
    [
      ["a/x", "b/y"],
      "its finalizers a/x, b/y are removed by the controllers that added them, which has not happened; check that its controller runs",
    ],
  ])(
    "whatHolds: names the finalizers %j when nobody is known to take them off",
    (finalizers, text) => {
      expect(whatHolds(service, live(finalizers), [])).toBe(text);
    },
  );

  test.each([
    ["foregroundDeletion", "once what it owns is gone"],
    ["kubernetes.io/pvc-protection", "once no Pod uses it"],
    ["kubernetes.io/pv-protection", "once no claim is bound to it"],
  ])("whatHolds: says when Kubernetes takes it off when the finalizer is %s", (finalizer, when) => {
    expect(whatHolds(service, live([finalizer]), [])).toBe(
      `its finalizer ${finalizer} is removed by kube-controller-manager ${when}, which has not happened; check that its controller runs`,
    );
  });

  test("whatHolds: says what is left in a namespace when it is not empty", () => {
    const conditions = [
      { type: "NamespaceDeletionContentFailure", status: "False", message: "none" },
      {
        type: "NamespaceContentRemaining",
        status: "True",
        message: "services. has 1 resource instances",
      },
      {
        type: "NamespaceFinalizersRemaining",
        status: "True",
        message: "a/x in 1 resource instances",
      },
    ];

    expect(whatHolds(namespace, live([], { status: { conditions } }), [])).toBe(
      "services. has 1 resource instances; a/x in 1 resource instances",
    );
  });

  test.each([
    ["it is not being deleted", service, { metadata: { finalizers: ["a/x"] } }],
    ["it has no finalizer", service, live([])],
    ["a namespace says nothing", namespace, live([])],
  ])("whatHolds: is nothing when %s", (_, object, it) => {
    expect(whatHolds(object, it, [])).toBeUndefined();
  });
});

describe("heldText", () => {
  test("heldText: names the object, with its namespace when it has one", () => {
    expect(heldText(service, "why")).toBe('Service "shop/front" is deleted and still there: why');
    expect(heldText(namespace, "why")).toBe('Namespace "shop" is deleted and still there: why');
  });
});
