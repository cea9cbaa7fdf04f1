import { describe, expect, it } from "vitest";
import { credentialsWanted, proxySettings } from "../../../../../local/toolchain/releases/proxy.ts";

describe("proxySettings", () => {
  it("proxySettings: are empty when the environment names no proxy", () => {
    expect(proxySettings({})).toEqual({ httpProxy: "", httpsProxy: "", noProxy: "" });
  });

  it("proxySettings: take the names in small letters first when both are there", () => {
    const env = { HTTPS_PROXY: "http://big:1", https_proxy: "http://small:1", no_proxy: "a,b" };

    expect(proxySettings(env)).toEqual({
      httpProxy: "",
      httpsProxy: "http://small:1",
      noProxy: "a,b",
    });
  });

  it("proxySettings: ask the proxy for http when there is none for https", () => {
    expect(proxySettings({ HTTP_PROXY: "http://p:1" }).httpsProxy).toBe("http://p:1");
  });

  it("proxySettings: speak http to a proxy when its address has no protocol", () => {
    expect(proxySettings({ HTTPS_PROXY: "proxy.example:3128" }).httpsProxy).toBe(
      "http://proxy.example:3128",
    );
  });

  it.each(["ftp://joe:secret@proxy", "http://joe:secret@:x"])(
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
  it("credentialsWanted: names proxy, variable and form, and no password, when it has a wrong one", () => {
    const settings = proxySettings({ HTTPS_PROXY: "http://joe:secret@proxy.example:3128" });

    expect(credentialsWanted("https://dl.k8s.io/x", settings)).toBe(
      "the proxy http://proxy.example:3128 asks for a name and password (407), or for others; write them into HTTPS_PROXY as http://USER:PASSWORD@proxy.example:3128",
    );
  });
});
