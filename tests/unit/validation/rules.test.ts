import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LoadBalancerController } from "../../../components/cluster/args.ts";
import { Exposure } from "../../../components/load-balancer/contract/intent.ts";
import * as rules from "../../../components/validation/rules.ts";

const every = Object.entries(rules).filter(
  ([name]) => name !== "among" && name !== "int32" && name !== "integer" && name !== "oneOf",
) as unknown as [string, (value: unknown) => string | undefined][];

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const digits = [..."0123456789"];
const inner = fc.string({
  unit: fc.constantFrom(...letters, ...digits, "-"),
  maxLength: 61,
});

/** A text of one character class around an inner part. */
function around(first: string[], last: string[]) {
  return fc
    .tuple(fc.constantFrom(...first), inner, fc.constantFrom(...last))
    .map((parts) => parts.join(""));
}

describe("names", () => {
  test("serviceName: accepts every DNS-1035 label when it is built as one", () => {
    fc.assert(
      fc.property(around(letters, [...letters, ...digits]), (name) => {
        expect(rules.serviceName(name)).toBeUndefined();
        expect(rules.namespaceName(name)).toBeUndefined();
        expect(rules.labelValue(name)).toBeUndefined();
      }),
    );
  });

  test("serviceName: refuses what a namespace may be when it starts with a digit", () => {
    fc.assert(
      fc.property(around(digits, letters), (name) => {
        expect(rules.serviceName(name)).toMatch(/^must be at most 63 lower case letters/);
        expect(rules.namespaceName(name)).toBeUndefined();
      }),
    );
  });

  test.each([
    ["serviceName", "a".repeat(63), "a".repeat(64)],
    ["serviceName", "a-b", "a-"],
    ["serviceName", "a", ""],
    ["serviceName", "ab", "aB"],
    ["namespaceName", "1a", "-a"],
    ["namespaceName", "a".repeat(63), "a".repeat(64)],
    ["portName", "a".repeat(15), "a".repeat(16)],
    ["portName", "1a", "11"],
    ["portName", "a-1", "a--1"],
    ["portName", "a-1", "-a1"],
    ["labelValue", "", " "],
    ["labelValue", "A_b.c-1", "a."],
    ["selectorValue", "a", ""],
    ["qualifiedName", "example.com/a", "example.com/"],
    ["qualifiedName", "a", "/a"],
    ["objectName", "a.b-1", "a..b"],
    ["objectName", "a".repeat(253), "a".repeat(254)],
    ["objectName", "1", "A"],
    ["absolutePath", "/", "etc"],
    ["absolutePath", "/etc/a b", "/etc:ro"],
    ["qualifiedName", "example.com/a", "Example.com/a"],
    ["qualifiedName", "example.com/a", "example.com/a/b"],
    ["qualifiedName", "a".repeat(63), "a".repeat(64)],
    ["annotationKey", "Example.com/A", "Example com/A"],
    ["environmentName", "_A.b-1", "1A"],
    ["environmentName", "A", "A=B"],
    ["environmentName", ".a", "."],
    ["environmentName", "a..", "..a"],
    ["configurationKey", "tls.crt", "tls/crt"],
    ["configurationKey", ".1", "..1"],
    ["configurationKey", "a".repeat(253), "a".repeat(254)],
    ["httpPath", "/", "readyz"],
    ["nonEmptyString", " a", " "],
    ["quantity", "1.5", "-1"],
    ["quantity", "250m", "250 m"],
    ["quantity", "128Mi", "128MB"],
    ["quantity", "1e3", "1e"],
    ["quantity", "1e-99", "1e100"],
  ])("%s: accepts %j and refuses %j when they are next to its boundary", (name, right, wrong) => {
    const rule = every.find(([key]) => key === name)?.[1];

    expect(rule?.(right)).toBeUndefined();
    expect(rule?.(wrong)).toMatch(/^must /);
  });

  test("portName: implies that of a Service when it accepts", () => {
    fc.assert(
      fc.property(around([...letters, ...digits], [...letters, ...digits]), (name) => {
        fc.pre(rules.portName(name) === undefined);
        expect(rules.namespaceName(name)).toBeUndefined();
        expect(name.length).toBeLessThanOrEqual(15);
      }),
    );
  });
});

describe("any value", () => {
  test.each(every)("%s: never throws when it gets anything", (_, rule) => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect([undefined, "string"]).toContain(
          rule(value) === undefined ? undefined : typeof rule(value),
        );
      }),
    );
  });

  test.each(every.filter(([name]) => name !== "trueOrFalse"))(
    "%s: refuses what is no text or number when it gets one",
    (_, rule) => {
      for (const value of [undefined, null, Number.NaN, {}, [], true, () => "a"]) {
        expect(rule(value)).toMatch(/^must /);
      }
    },
  );
});

describe("numbers", () => {
  test.each([0, 65536, 1.5, Number.NaN, "80a", "65536", undefined])(
    "portNumber: refuses %j when it gets it",
    (value) => {
      expect(rules.portNumber(value)).toBe("must be an integer from 1 to 65535");
    },
  );

  test("portNumber: accepts exactly the integers of its range when they are near its ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 65545 }), (value) => {
        expect(rules.portNumber(value) === undefined).toBe(value >= 1 && value <= 65535);
      }),
    );
  });

  test("int32: accepts the numbers of 32 bits when they are near its ends", () => {
    expect(rules.int32(1)(2 ** 31 - 1)).toBeUndefined();
    expect(rules.int32(1)(2 ** 31)).toBe("must be an integer from 1 to 2147483647");
    expect(rules.int32(1)(0)).toBe("must be an integer from 1 to 2147483647");
  });

  test("integer: says how to give a number when the string is one of its range", () => {
    expect(rules.portNumber("80")).toBe(
      "must be an integer from 1 to 65535; remove the quotes; of configuration use getNumber",
    );
  });

  test("trueOrFalse: says how to give true when it is a string", () => {
    const cured = "must be true or false; remove the quotes; of configuration use getBoolean";

    expect(rules.trueOrFalse("true")).toBe(cured);
    expect(rules.trueOrFalse("false")).toBe(cured);
    expect(rules.trueOrFalse("yes")).toBe("must be true or false");
  });

  test("oneOf: names the choice that is meant when there are many", () => {
    const controller = rules.oneOf(LoadBalancerController);

    expect(controller("MetalLB")).toMatch(/^must be "AwsLoad.*; did you mean "MetalLb"\?$/);
    expect(controller("metallb")).toMatch(/; did you mean "MetalLb"\?$/);
    expect(controller("Nginx")).not.toContain("did you mean");
    expect(rules.oneOf(Exposure)("public")).toBe('must be "Public" or "Internal"');
  });

  test("integer: names its range and the fix when it refuses", () => {
    expect(rules.integer(0)(-1)).toBe("must be an integer from 0 up");
    expect(rules.integer(1, 2, "count again")(3)).toBe(
      "must be an integer from 1 to 2; count again",
    );
  });
});
