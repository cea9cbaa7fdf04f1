import { describe, expect, test } from "vitest";
import { admit, SAFE_HEADERS } from "../../../../where/page/server/guard.ts";

const served = { port: 4000, token: "right" };
const headers = { host: "127.0.0.1:4000" };
const asked = (changes: object) =>
  admit({ method: "GET", url: "/right/events?namespace=shop", headers, ...changes }, served);

describe("admit", () => {
  test.each([
    ["127.0.0.1", headers],
    ["localhost", { host: "localhost:4000" }],
    [
      "the page itself",
      { ...headers, origin: "http://127.0.0.1:4000", "sec-fetch-site": "same-origin" },
    ],
    ["the address bar", { ...headers, "sec-fetch-site": "none" }],
  ])("lets %s in", (_, given) => {
    expect(String(asked({ headers: given }))).toBe("http://page/events?namespace=shop");
  });

  test.each([
    ["a name that was made to lead here", { headers: { host: "evil.example:4000" } }, 421],
    ["another port", { headers: { host: "127.0.0.1:4001" } }, 421],
    ["no host", { headers: {} }, 421],
    ["another page", { headers: { ...headers, origin: "https://evil.example" } }, 403],
    ["a page without an origin", { headers: { ...headers, origin: "null" } }, 403],
    ["an image of another page", { headers: { ...headers, "sec-fetch-site": "cross-site" } }, 403],
    ["a server on another port", { headers: { ...headers, "sec-fetch-site": "same-site" } }, 403],
    ["a write", { method: "POST" }, 405],
    ["a preflight", { method: "OPTIONS" }, 405],
    ["a wrong token", { url: "/wrong/events" }, 404],
    ["a part of the token", { url: "/righ/events" }, 404],
    ["no token", { url: "/events" }, 404],
    ["an empty path", { url: "/" }, 404],
    ["a whole URL", { url: "http://127.0.0.1:4000/right/" }, 404],
    ["a path that is no URL", { url: "/right//[" }, 404],
  ])("refuses %s", (_, changes, status) => {
    expect(asked(changes)).toEqual({ status });
  });

  test("allows nothing from elsewhere, and no other page around it", () => {
    const policy = SAFE_HEADERS["content-security-policy"];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  });
});
