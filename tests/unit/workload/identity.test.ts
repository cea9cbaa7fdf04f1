import { expect, test } from "vitest";
import { Backend } from "../../../components/index.ts";
import { smallest } from "../support/args.ts";
import { backendOf, podOf, refusalOf } from "../support/deployment.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";

test("Backend: annotates its ServiceAccount when annotations are given", async () => {
  const role = "arn:aws:iam::111122223333:role/shop";
  const run = await backendOf({
    serviceAccountAnnotations: { "eks.amazonaws.com/role-arn": later(role) },
  });

  const { metadata } = run.resource("ServiceAccount", "web-service-account").inputs;
  expect(metadata.annotations).toEqual({ "eks.amazonaws.com/role-arn": role });
});

test("Backend: creates no ServiceAccount when an existing one is named", async () => {
  const run = await backendOf({ serviceAccountName: "shared" });

  expect(run.resources.map(({ name }) => name)).not.toContain("web-service-account");
  expect(run.result.serviceAccount).toBeUndefined();
  expect(Object.keys(await run.outputs(run.result))).not.toContain("serviceAccount");
  const { spec } = run.resource("apps/v1:Deployment", "web").inputs;
  expect(spec.template.spec.serviceAccountName).toBe("shared");
});

test.each([[true], [later(true)]])(
  "Backend: mounts a token when it is asked to",
  async (automountServiceAccountToken) => {
    expect((await podOf({ automountServiceAccountToken })).automountServiceAccountToken).toBe(true);
  },
);

test.each([
  [
    { serviceAccountName: "Shared" },
    'args.serviceAccountName is "Shared", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
  ],
  [
    { serviceAccountName: later("shared") },
    "args.serviceAccountName is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
  ],
  [
    { serviceAccountName: "shared", serviceAccountAnnotations: { a: "b" } },
    "args.serviceAccountAnnotations is an object, must not be set: the ServiceAccount of args.serviceAccountName is not created here; annotate it where it is",
  ],
  [
    { serviceAccountAnnotations: { a: later(1) } },
    'args.serviceAccountAnnotations["a"] is 1, must be a string; quote numbers and booleans',
  ],
  [
    { automountServiceAccountToken: "yes" },
    'args.automountServiceAccountToken is "yes", must be true or false',
  ],
])("Backend: fails when its identity is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});

test("Backend: fails when its own ServiceAccount would be the one that Kubernetes keeps in every namespace", async () => {
  const { message } = await failureOf(() => new Backend("default", smallest));

  expect(message).toBe(
    'Cannot create Backend "default": name is "default", must differ from "default", the name of the ServiceAccount that Kubernetes keeps in every namespace; choose another name, or set args.serviceAccountName',
  );
});

test("Backend: may be called as Kubernetes' own ServiceAccount when its Pods run as another", async () => {
  const args = { ...smallest, serviceAccountName: "shop" };

  const run = await runProgram(() => new Backend("default", args));

  expect(run.resources.map(({ type }) => type)).not.toContain("kubernetes:core/v1:ServiceAccount");
});
