import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ExportedState, recordedAgain } from "../golden/state.ts";

const file = join(import.meta.dirname, "..", "golden", "0.1.0", "breadth", "state.json");
const text = readFileSync(file, "utf8");
const before: ExportedState = JSON.parse(text);

/** The state as another engine has recorded it, with changes in its text. */
function recording(...changes: readonly (readonly [string | RegExp, string])[]): ExportedState {
  const changed = changes.reduce((rest, [from, to]) => rest.replaceAll(from, to), text);
  expect(changes.length === 0 || changed !== text).toBe(true);
  const state: ExportedState = JSON.parse(changed);
  return { ...state, deployment: { ...state.deployment, manifest: { version: "v9.0.0" } } };
}

describe("recordedAgain", () => {
  test.each<[string, ExportedState]>([
    ["nothing", recording()],
    ["ids", recording([/[\da-f]{8}(-[\da-f]{4}){3}-/g, "01234567-89ab-4cde-8f01-"])],
    [
      "names of field managers",
      recording([/pulumi-kubernetes-[\da-f]{8}"/g, 'pulumi-kubernetes-01234567"']),
    ],
    ["ciphertexts", recording([/"ciphertext": "[^"]*"/g, '"ciphertext": "v1:other"'])],
    ["digests", recording([/"[\da-f]{64}"/g, `"${"0".repeat(64)}"`])],
    ["the order of its resources", reversed(recording())],
  ])("recordedAgain: keeps the state, of the new engine, when it differs by %s", (_, after) => {
    const { deployment } = recordedAgain(before, after);

    expect(deployment.resources).toEqual(before.deployment.resources);
    expect(deployment.manifest).toEqual({ version: "v9.0.0" });
  });

  test.each<[string, ExportedState]>([
    ["a type", recording(["kubernetes:core/v1:Service::", "kubernetes:core/v2:Service::"])],
    ["a field", recording(['"clusterIP"', '"clusterIp"'], ['"containerPort"', '"port"'])],
    ["a hook", recording(["BeforeCreate", "AfterCreate"])],
    ["a resource", shortened(recording())],
    ["the format", { ...recording(), version: 5 }],
  ])("recordedAgain: takes the new state when it differs by %s", (_, after) => {
    expect(recordedAgain(before, after)).toBe(after);
  });

  test("recordedAgain: takes the new state when there was none", () => {
    const after = recording();

    expect(recordedAgain(undefined, after)).toBe(after);
  });
});

function reversed(state: ExportedState): ExportedState {
  const resources = state.deployment.resources.toReversed();
  return { ...state, deployment: { ...state.deployment, resources } };
}

function shortened(state: ExportedState): ExportedState {
  const resources = state.deployment.resources.slice(1);
  return { ...state, deployment: { ...state.deployment, resources } };
}
