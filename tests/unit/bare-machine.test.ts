import { delimiter } from "node:path";
import { describe, expect, test } from "vitest";
import { bareEnvironment } from "../../bench/bare-machine.ts";

describe("bareEnvironment", () => {
  test("bareEnvironment: has nothing of this user's caches and of the npm that runs it", () => {
    const env = {
      HOME: "/home/me",
      XDG_CACHE_HOME: "/home/me/cache",
      PULUMI_KUBERNETES_SERVICES_CACHE: "/cache",
      GOCACHE: "/go",
      npm_config_cache: "/home/me/.npm",
      npm_config_userconfig: "/home/me/.npmrc",
      npm_lifecycle_event: "bench",
      PATH: ["/checkout/node_modules/.bin", "/usr/bin"].join(delimiter),
    };

    expect(bareEnvironment(env, "/bare/home", "/bare/tmp")).toEqual({
      HOME: "/bare/home",
      TMPDIR: "/bare/tmp",
      PATH: "/usr/bin",
    });
  });

  test("bareEnvironment: keeps how registries are reached", () => {
    const env = {
      HTTPS_PROXY: "http://proxy.example:3128",
      GOPROXY: "https://modules.example",
      PIP_INDEX_URL: "https://packages.example",
      npm_config_registry: "https://registry.example",
      npm_config_cafile: "/etc/ca.pem",
    };

    expect(bareEnvironment(env, "/bare/home", "/bare/tmp")).toMatchObject(env);
  });
});
