import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Backend, InvalidArgsError, NodePortService } from "../../../components/index.ts";
import { ENCODINGS } from "../../shared/encodings.ts";
import { cluster, minimal } from "../support/args.ts";
import { failureOf, later } from "../support/run-program.ts";

const PASSWORD = "hunter22 & co";
const config = {
  "shop-project:database": JSON.stringify({ password: PASSWORD, pin: 4711.5 }),
  "shop-project:color": "dark red",
};
const read = (key: string) =>
  new pulumi.Config().requireObject<{ password: string; pin: number }>(key);
const refusal = async (args: () => object) => {
  const failure = await failureOf(() => new Backend("web", { ...minimal, ...args() }));
  expect(failure).toBeInstanceOf(InvalidArgsError);
  return failure as InvalidArgsError;
};

beforeEach(() => pulumi.runtime.setAllConfig(config, ["shop-project:database"]));
afterEach(() => pulumi.runtime.setAllConfig({}));

describe("an error about secret configuration that is read as plain", () => {
  test.each(Object.entries(ENCODINGS))("is without it when it stands %s", async (_, encode) => {
    const { message, stack, errors } = await refusal(() => ({
      image: `${encode(read("database").password)} `,
    }));

    expect(message).toMatch(
      /^Cannot create Backend "web": args.image is refused, must be a container image, such as registry.example\/my-backend:1.4.2(; the name has no upper case letters|, without a scheme such as https:\/\/)?$/,
    );
    expect(stack).not.toContain("hunter22");
    // Pulumi shows the value that it finds at a property's path.
    expect(errors).toEqual([{ propertyPath: "args.image", reason: expect.any(String) }]);
  });

  test.each([
    ["a number", () => ({ replicas: read("database").pin }), "args.replicas is refused"],
    ["a number in a text", () => ({ image: ` ${read("database").pin}` }), "args.image is refused"],
    ["late", () => ({ image: later(` ${read("database").password}`) }), "args.image is refused"],
    [
      "the name of a field",
      () => ({ annotations: { [`x/${read("database").password}`]: "1" } }),
      "args.annotations key is refused",
    ],
    [
      "the name of a field on the way",
      () => ({ env: { [read("database").password]: 1 } }),
      "args.env.[secret] is refused",
    ],
  ])("is without it when it is %s", async (_, args, said) => {
    const { message } = await refusal(args);

    expect(message).toContain(said);
    expect(message).not.toMatch(/hunter22|4711/);
  });

  test("shows what is not secret of the same configuration", async () => {
    const { message } = await refusal(() => ({ image: new pulumi.Config().require("color") }));

    expect(message).toContain('args.image is "dark red", must');
  });
});

describe("an error about a value that Pulumi knows as secret", () => {
  const target = {
    namespace: "shop",
    ports: [{ name: "http", containerPort: 80 }],
    drainSeconds: 60,
  };
  const refused = (selector: unknown) =>
    failureOf(
      () =>
        new NodePortService("dev", {
          cluster: { ...cluster, allowNodePort: true },
          target: { ...target, selector: selector as never },
          ports: [{ port: 80, targetPort: "http" }],
        }),
    );

  test("hides the keys of labels when they are secret as a whole", async () => {
    const { message } = await refused(pulumi.secret({ "canary-key": "not a label" }));

    expect(message).toContain("args.target.selector.[secret] is refused, must be 1 to 63");
    expect(message).not.toContain("canary");
  });

  test("shows the key of a label when only its value is secret", async () => {
    const { message } = await refused({ tier: pulumi.secret("not a label") });

    expect(message).toContain("args.target.selector.tier is refused, must be 1 to 63");
  });
});
