import { writeFileSync } from "node:fs";

/** Writes a kubeconfig with one context, whose namespace is `shop`. Gives its path. */
export function kubeconfigOf(
  path: string,
  cluster: object,
  user: object = { token: "secret-token" },
): string {
  const content = {
    "current-context": "test",
    clusters: [{ name: "test", cluster }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test", namespace: "shop" } }],
    users: [{ name: "test", user }],
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** A cluster whose API server has no TLS: clients take one only where certificates are not checked. */
export const withoutTls = (server: string): object => ({
  server,
  "insecure-skip-tls-verify": true,
});
