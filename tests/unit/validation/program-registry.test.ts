import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { claim } from "../../../components/validation/program-registry.ts";
import { runProgram } from "../support/run-program.ts";

class Component extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Component", name);
  }
}

test("claim: names the holder when another component has it", async () => {
  await runProgram(() => {
    const [first, second] = [new Component("first"), new Component("second")];

    expect(claim(first, "first", "the place")).toBeUndefined();
    expect(claim(second, "second", "the place")).toBe("first");
    expect(claim(second, "second", "another place")).toBeUndefined();
  });
});

test("claim: names nobody when the same component claims it again", async () => {
  await runProgram(() => {
    const component = new Component("first");
    claim(component, "first", "the place");

    expect(claim(component, "first", "the place")).toBeUndefined();
  });
});

test("claim: remembers nothing when a new run begins", async () => {
  await runProgram(() => claim(new Component("first"), "first", "the place"));
  await runProgram(() => {
    expect(claim(new Component("second"), "second", "the place")).toBeUndefined();
  });
});
