import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  addressOf,
  pinnedKubeconfig,
} from "../../../../components/cluster/pin/pinned-kubeconfig.ts";

const folder = mkdtempSync(join(tmpdir(), "pinned-kubeconfig-"));
const [one, other] = [join(folder, "one"), join(folder, "other", "two")];

beforeAll(() => {
  mkdirSync(join(folder, "other"));
  writeFileSync(join(folder, "ca.crt"), "the authority");
  writeFileSync(
    one,
    `current-context: first
clusters:
  - { name: a, cluster: { server: "https://a.example", certificate-authority: ca.crt, tls-server-name: inside } }
  - { name: open, cluster: { server: "https://open.example", insecure-skip-tls-verify: true } }
contexts:
  - { name: first, context: { cluster: a, user: admin, namespace: shop } }
  - { name: lost, context: { cluster: nowhere, user: admin } }
  - { name: open, context: { cluster: open, user: nobody } }
users:
  - { name: admin, user: { token: canary-7b1e, as: other, as-groups: [readers] } }
`,
  );
  writeFileSync(
    other,
    `current-context: second
clusters:
  - { name: a, cluster: { server: "https://hidden.example" } }
  - { name: b, cluster: { server: "https://b.example", certificate-authority-data: Yg==, certificate-authority: gone } }
contexts:
  - { name: second, context: { cluster: b, user: files } }
  - { name: third, context: { cluster: b, user: helper } }
users:
  - { name: files, user: { client-certificate: me.crt, client-key: /keys/me, tokenFile: token } }
  - { name: helper, user: { exec: { command: ./bin/login, args: [x] } } }
`,
  );
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

const pinned = (access: object) => JSON.parse(pinnedKubeconfig(access));

describe("pinnedKubeconfig", () => {
  test("pinnedKubeconfig: has the context, the address and the authority of one cluster alone when it is given a file", () => {
    const authority = Buffer.from("the authority").toString("base64");

    expect(pinned({ kubeconfig: one })).toEqual({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "pinned",
          cluster: {
            server: "https://a.example",
            "tls-server-name": "inside",
            "certificate-authority-data": authority,
          },
        },
      ],
      users: [
        { name: "pinned", user: { token: "canary-7b1e", as: "other", "as-groups": ["readers"] } },
      ],
      contexts: [
        { name: "pinned", context: { cluster: "pinned", user: "pinned", namespace: "shop" } },
      ],
      "current-context": "pinned",
    });
  });

  test.each([
    ["the first current context", undefined, "https://a.example"],
    ["a context of the second file", "second", "https://b.example"],
  ])("pinnedKubeconfig: leads to %s when KUBECONFIG has two files", (_, context, server) => {
    vi.stubEnv("KUBECONFIG", [one, join(folder, "none"), other].join(delimiter));

    expect(addressOf(pinnedKubeconfig({ context }))).toEqual({ server, verified: true });
  });

  test("pinnedKubeconfig: keeps the user's paths as absolute ones when they are relative to the file", () => {
    const { users, clusters } = pinned({ kubeconfig: other });

    expect(users[0].user).toEqual({
      "client-certificate": join(folder, "other", "me.crt"),
      "client-key": "/keys/me",
      tokenFile: join(folder, "other", "token"),
      "token-file": join(folder, "other", "token"),
    });
    expect(clusters[0].cluster).toEqual({
      server: "https://b.example",
      "certificate-authority-data": "Yg==",
    });
  });

  test("pinnedKubeconfig: keeps the program that logs in, found from the file, when the user has one", () => {
    const { users } = pinned({ kubeconfig: other, context: "third" });

    expect(users[0].user.exec).toEqual({
      command: join(folder, "other", "bin/login"),
      args: ["x"],
    });
  });

  test("pinnedKubeconfig: takes another cluster of the kubeconfig when one is named", () => {
    expect(addressOf(pinnedKubeconfig({ kubeconfig: other, cluster: "a" })).server).toBe(
      "https://hidden.example",
    );
  });

  test("pinnedKubeconfig: stays as it is when its own result is given", () => {
    const first = pinnedKubeconfig({ kubeconfig: one });

    expect(pinnedKubeconfig({ kubeconfig: first })).toBe(first);
  });

  test.each([
    [
      { kubeconfig: "ONE", context: "three" },
      'Cannot use context "three": the kubeconfig has first, lost, open',
    ],
    [
      { kubeconfig: "ONE", context: "lost" },
      'Cannot use context "lost": the kubeconfig has no cluster for it',
    ],
    [{ kubeconfig: "{}" }, 'Cannot use context "": the kubeconfig has no context'],
    [
      { kubeconfig: "{ token: canary-7b1e" },
      "Cannot read the kubeconfig: it is neither a file with a context nor the content of one",
    ],
    [
      { kubeconfig: "/nonexistent/canary-7b1e" },
      "Cannot read the kubeconfig: it is neither a file with a context nor the content of one",
    ],
  ])(
    "pinnedKubeconfig: fails without a word of the content when it is given %j",
    (access, message) => {
      const given = access.kubeconfig === "ONE" ? { ...access, kubeconfig: one } : access;

      expect(() => pinnedKubeconfig(given)).toThrow(new Error(message));
    },
  );

  test("pinnedKubeconfig: fails when the environment names a file that is not there", () => {
    vi.stubEnv("KUBECONFIG", join(folder, "none"));

    expect(() => pinnedKubeconfig({})).toThrow(
      'Cannot use context "": the kubeconfig has no context',
    );
  });
});

describe("addressOf", () => {
  test.each([
    ["https", { server: "https://a", "certificate-authority-data": "YQ==" }, true],
    ["https of a public authority", { server: "https://a" }, true],
    ["https that nobody checks", { server: "https://a", "insecure-skip-tls-verify": true }, false],
    ["http", { server: "http://a" }, false],
  ])(
    "addressOf: says whether the cluster proves itself when it is reached by %s",
    (_, cluster, verified) => {
      const content = JSON.stringify({ clusters: [{ name: "pinned", cluster }] });

      expect(addressOf(content)).toEqual({ server: cluster.server, verified });
    },
  );
});
