import { describe, expect, test } from "vitest";
import { connectionTrouble } from "../../../../../local/toolchain/releases/connection-trouble.ts";
import { defaultLimits } from "../../../../../local/toolchain/releases/limits.ts";

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });
const trouble = (error: unknown) => connectionTrouble(error, defaultLimits);

describe("connectionTrouble", () => {
  test.each([
    ["ENOTFOUND", "the name cannot be resolved"],
    ["ECONNREFUSED", "connections are refused"],
    ["ENETUNREACH", "there is no way to it from this network"],
    ["ECONNRESET", "the connection was cut"],
    ["UND_ERR_CONNECT_TIMEOUT", "no connection within 10 s"],
    ["UND_ERR_BODY_TIMEOUT", "nothing came for 30 s"],
  ])("connectionTrouble: says in plain words what %s means", (code, reason) => {
    expect(trouble(coded(code))).toEqual({ reason, proxyStatus: undefined });
  });

  test("connectionTrouble: tells how to trust a company's proxy when its certificate is unknown", () => {
    expect(trouble(coded("SELF_SIGNED_CERT_IN_CHAIN")).reason).toContain("NODE_EXTRA_CA_CERTS");
  });

  test("connectionTrouble: looks at the bottom when one error wraps another, or several", () => {
    const wrapped = new Error("fetch failed", { cause: new AggregateError([coded("ENOTFOUND")]) });

    expect(trouble(wrapped).reason).toBe("the name cannot be resolved");
  });

  test("connectionTrouble: knows the proxy's status when it is told in the message alone", () => {
    const message = "Proxy response (403) !== 200 when HTTP Tunneling";

    expect(trouble(coded("UND_ERR_ABORTED", message))).toEqual({
      reason: "the proxy refuses to connect (403)",
      proxyStatus: 403,
    });
  });

  test("connectionTrouble: says what the error says when its code is unknown", () => {
    expect(trouble(coded("EWHATEVER", "something else")).reason).toBe("something else");
  });
});
