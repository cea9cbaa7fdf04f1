import { describe, expect, test } from "vitest";
import { withoutCredentials } from "../../../preview/secrets/without-credentials.ts";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl";
const KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----";

describe("withoutCredentials", () => {
  test.each([
    ["a JSON web token", `Bearer ${TOKEN}`, TOKEN],
    ["a private key", `key: ${KEY}`, "MIIEow"],
    ["a private key that was cut off", "-----BEGIN PRIVATE KEY-----\nMIIEow", "MIIEow"],
    ["an AWS key id", "id AKIAABCDEFGHIJKLMNOP", "AKIAABCDEFGHIJKLMNOP"],
    ["a GitHub token", `ghp_${"aB3".repeat(12)}`, "aB3aB3"],
    ["the password of a URL", "postgres://web:hunter2@db:5432/web", "hunter2"],
    [
      "a long random word",
      "secret k3J9xQ2mZ8vB5nR7tY1wL6pD4sF0gHcA ends",
      "k3J9xQ2mZ8vB5nR7tY1wL6pD4sF0gHcA",
    ],
  ])("hides %s", (_, text, credential) => {
    const hidden = withoutCredentials({ list: [text] }).list[0];

    expect(text).toContain(credential);
    expect(hidden).not.toContain(credential);
    expect(hidden).toContain("[secret]");
  });

  test.each([
    ["an image with its digest", `registry.example/web@sha256:${"a1b2c3d4".repeat(8)}`],
    [
      "a URN",
      "urn:pulumi:dev::preview::kubernetes:core/v1:Service::MyVeryLongServiceName1ThatNobodyHides2",
    ],
    ["a uid", "7695bc56-5cb8-45de-acc6-d6610619c692"],
    ["a digest", "b56ff0331ba904da6b5480e446f796ecb56ff0331ba904da6b5480e446f796ec"],
    [
      "a path of a property",
      "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation",
    ],
    [
      "an annotation",
      "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled",
    ],
  ])("shows %s", (_, text) => {
    expect(withoutCredentials(text)).toBe(text);
  });

  test("hides the given secrets, encoded too", () => {
    const secret = "hunter2-canary";
    const text = `plain ${secret}, base64 ${Buffer.from(secret).toString("base64")}`;

    expect(withoutCredentials(text, [secret])).toMatch(/^plain \[secret\], base64 \[secret\]=?$/);
  });
});
