import { describe, expect, test } from "vitest";
import { credentialsWanted, proxySettings } from "../../../../../local/toolchain/releases/proxy.ts";

describe("proxySettings", () => {
  test("proxySettings: are empty when the environment names no proxy", () => {
    expect(proxySettings({})).toEqual({ httpProxy: "", httpsProxy: "", noProxy: "" });
  });

  test("proxySettings: take the names in small letters first when both are there", () => {
    const env = { HTTPS_PROXY: "http://big:1", https_proxy: "http://small:1", no_proxy: "a,b" };

    expect(proxySettings(env)).toEqual({
      httpProxy: "",
      httpsProxy: "http://small:1",
      noProxy: "a,b",
    });
  });

  test("proxySettings: ask the proxy for http when there is none for https", () => {
    expect(proxySettings({ HTTP_PROXY: "http://p:1" }).httpsProxy).toBe("http://p:1");
  });

  test("proxySettings: speak http to a proxy when its address has no protocol", () => {
    expect(proxySettings({ HTTPS_PROXY: "proxy.example:3128" }).httpsProxy).toBe(
      "http://proxy.example:3128",
    );
  });

  test.each(["ftp://joe:secret@proxy", "http://joe:secret@:x"])(
    "proxySettings: fail naming the variable and no password when it is %s",
    (value) => {
      const read = () => proxySettings({ HTTPS_PROXY: value });

      expect(read).toThrow(
        /^HTTPS_PROXY is .*, must be a URL such as http:\/\/proxy.example:3128$/,
      );
      expect(read).toThrow(/^(?!.*secret)/);
    },
  );
});

describe("credentialsWanted", () => {
  test("credentialsWanted: names proxy, variable and form, and no password, when it has a wrong one", () => {
    const settings = proxySettings({ HTTPS_PROXY: "http://joe:secret@proxy.example:3128" });

    expect(credentialsWanted("https://dl.k8s.io/x", settings)).toBe(
      "the proxy http://proxy.example:3128 asks for a name and password (407), or for others; write them into HTTPS_PROXY as http://USER:PASSWORD@proxy.example:3128",
    );
  });
});
