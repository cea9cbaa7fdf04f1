import { describe, expect, test } from "vitest";
import { mirrored, mirrorFrom } from "../../../../../local/toolchain/releases/mirror.ts";

const from = (value: string) => mirrorFrom({ PULUMI_KUBERNETES_SERVICES_MIRROR: value });

describe("mirrorFrom", () => {
  test.each([
    ["https://mirror.example", "https://mirror.example"],
    ["https://mirror.example/", "https://mirror.example"],
    ["http://mirror.example:8080/a/b//", "http://mirror.example:8080/a/b"],
  ])("mirrorFrom: yields the base without a slash when it is %s", (value, base) => {
    expect(from(value)).toEqual({ base, authorization: undefined });
  });

  test("mirrorFrom: keeps credentials apart when the address has them", () => {
    const authorization = `Basic ${Buffer.from("joe:p@ss").toString("base64")}`;

    expect(from("https://joe:p%40ss@mirror.example/x")).toEqual({
      base: "https://mirror.example/x",
      authorization,
    });
  });

  test("mirrorFrom: yields nothing when the variable is empty or not set", () => {
    expect([from(""), mirrorFrom({})]).toEqual([undefined, undefined]);
  });

  test("mirrorFrom: says that nothing is downloaded when it is none", () => {
    expect(from("none")).toBe("none");
  });

  test.each([
    "mirror.example",
    "ftp://mirror.example",
    "https://mirror.example?x=1",
    "https://mirror.example#x",
    "file:///srv/mirror",
  ])("mirrorFrom: fails naming variable, value and rule when it is %s", (value) => {
    expect(() => from(value)).toThrow(
      `Cannot use PULUMI_KUBERNETES_SERVICES_MIRROR: it is ${value}, must be a URL such as https://mirror.example/releases`,
    );
  });

  test.each([
    "ftp://joe:secret@mirror.example",
    "joe:secret@mirror.example",
    "https://joe:secret@:x",
  ])("mirrorFrom: fails without printing the password when it is %s", (value) => {
    expect(() => from(value)).toThrow(/^(?!.*(secret|joe))/s);
  });
});

describe("mirrored", () => {
  const address = "https://dl.k8s.io/release/v1/bin/linux/amd64/kubelet";

  test("mirrored: puts the host before the path when there is a mirror", () => {
    const mirror = { base: "https://mirror.example/a", authorization: undefined };

    expect(mirrored(address, mirror)).toBe(
      "https://mirror.example/a/dl.k8s.io/release/v1/bin/linux/amd64/kubelet",
    );
  });

  test("mirrored: leaves the address alone when there is none", () => {
    expect(mirrored(address, undefined)).toBe(address);
  });
});
