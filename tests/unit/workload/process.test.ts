import { expect, test } from "vitest";
import { containerOf, podOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

test("Backend: runs another program when command, args and workingDir are given", async () => {
  const container = await containerOf({
    command: ["/bin/serve", later("--fast")],
    args: ["", "--verbose"],
    workingDir: later("/srv"),
  });

  expect(container).toMatchObject({
    command: ["/bin/serve", "--fast"],
    args: ["", "--verbose"],
    workingDir: "/srv",
  });
});

test("Backend: leaves the image's program alone when lists are empty", async () => {
  const container = await containerOf({ command: [], args: [] });

  expect(Object.keys(container)).not.toEqual(expect.arrayContaining(["command"]));
  expect(Object.keys(container)).not.toEqual(expect.arrayContaining(["args"]));
});

test("Backend: logs in to a registry when imagePullSecrets are given", async () => {
  const pod = await podOf({ imagePullSecrets: ["registry", later("other")] });

  expect(pod.imagePullSecrets).toEqual([{ name: "registry" }, { name: "other" }]);
});

test.each([
  [{ command: [""] }, 'args.command[0] is "", must be a non-empty string'],
  [{ command: [later("")] }, 'args.command[0] is "", must be a non-empty string'],
  [{ command: ["a", 1] }, "args.command[1] is 1, must be a string; quote numbers and booleans"],
  [{ command: "serve" }, 'args.command is "serve", must be a list of words'],
  [{ args: [later(1)] }, "args.args[0] is 1, must be a string; quote numbers and booleans"],
  [
    { workingDir: "srv" },
    'args.workingDir is "srv", must be an absolute path without ":", such as /etc/my-backend',
  ],
  [
    { imagePullSecrets: ["a", "B"] },
    'args.imagePullSecrets[1] is "B", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
  ],
  [{ imagePullSecrets: { a: "b" } }, "args.imagePullSecrets is an object, must be a list of names"],
])("Backend: fails when its process is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
