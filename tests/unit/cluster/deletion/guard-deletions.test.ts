import type { KubernetesObjectApi } from "@kubernetes/client-node";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { deletedObject } from "../../../../components/cluster/deletion/deleted-object.ts";
import { checkIdentity } from "../../../../components/cluster/deletion/guard-deletions.ts";

const urn = "urn:pulumi:dev::shop::kubernetes:core/v1:Service::front";
const object = { apiVersion: "v1", kind: "Service", name: "front", namespace: "shop", uid: "u1" };
const cluster = (read: () => unknown) => ({
  objects: { read: async () => read() } as unknown as KubernetesObjectApi,
});
const failing = (error: object) =>
  cluster(() => {
    throw error;
  });

describe("checkIdentity", () => {
  test("checkIdentity: lets a deletion pass when the object is the stack's own", async () => {
    const own = cluster(() => ({ metadata: { uid: "u1" } }));

    expect(await checkIdentity(own, object, urn)).toBe(true);
  });

  test.each([
    ["there is none of the name", { code: 404 }],
    ["its kind is gone", new Error("Unrecognized API version and kind: v1 Service")],
  ])("checkIdentity: lets a deletion pass when %s", async (_, error) => {
    expect(await checkIdentity(failing(error), object, urn)).toBe(false);
  });

  test("checkIdentity: fails with both ways out when somebody has made it anew", async () => {
    const theirs = cluster(() => ({ metadata: { uid: "u2" } }));

    await expect(checkIdentity(theirs, object, urn)).rejects.toThrow(
      new Error(
        'Cannot delete Service "shop/front": its uid is u2, must be u1, the uid of the object that this stack created; somebody has recreated it: ' +
          `leave it to them with pulumi state delete '${urn}', or take it over with pulumi refresh --target '${urn}'`,
      ),
    );
  });

  test("checkIdentity: fails when the cluster does not answer", async () => {
    const forbidden = failing({ code: 403, body: { message: "services is forbidden" } });

    await expect(checkIdentity(forbidden, object, urn)).rejects.toThrow(
      new Error(
        `Cannot delete Service "shop/front": the cluster does not show which object it is, services is forbidden; allow the kubeconfig's user to get it`,
      ),
    );
  });
});

describe("deletedObject", () => {
  test("deletedObject: reads what a state says when its metadata is secret too", async () => {
    const metadata = pulumi.secret({ name: "front", namespace: "shop", uid: "u1" });

    expect(await deletedObject({ apiVersion: "v1", kind: "Service", metadata })).toEqual(object);
  });

  test.each([
    ["there are no outputs", undefined],
    ["it has no uid", { apiVersion: "v1", kind: "Service", metadata: { name: "front" } }],
    ["its name is empty", { apiVersion: "v1", kind: "Service", metadata: { name: "", uid: "u1" } }],
    ["it has no metadata", { apiVersion: "helm.sh/v3", kind: "Release" }],
  ])("deletedObject: is nothing when %s", async (_, outputs) => {
    expect(await deletedObject(outputs)).toBeUndefined();
  });
});
