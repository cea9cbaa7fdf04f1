import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: [
      "./tests/soak-reporter.ts",
      "default",
      "./tests/failures-reporter.ts",
      "./tests/figures-reporter.ts",
    ],
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          testTimeout: 60_000,
          // Loading Pulumi takes longer than all of these tests; every test installs mocks of its own.
          isolate: false,
          // As many as there are processors: left alone, Vitest keeps one of two for itself, which does little in this suite.
          maxWorkers: "100%",
          // Node runs the sources as they are. Pulumi notes a stack for every promise, and Vite's runner maps each one back.
          experimental: { viteModuleRunner: false },
          setupFiles: ["./tests/set-up.ts"],
          // Most of what a test makes is garbage when it ends: with room for it, less is copied.
          execArgv: ["--max-semi-space-size=64"],
        },
      },
      {
        test: {
          name: "programs",
          include: ["tests/programs/**/*.test.ts"],
          globalSetup: ["./tests/programs/global-setup.ts"],
          experimental: { viteModuleRunner: false },
          setupFiles: ["./tests/set-up.ts"],
          // What starts processes computes while the clusters of the next two wait.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "engine",
          include: ["tests/engine/**/*.test.ts"],
          globalSetup: ["./tests/engine/global-setup.ts"],
          // A worker has a cluster of its own. Both wait for controllers more than they compute.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // The page of where-is-my-pod and the documentation site in Chromium. Without one, their tests are skipped.
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The rig itself, with clusters and networks of its own: Linux and root.
        test: {
          name: "nodes",
          include: ["tests/nodes/**/*.test.ts"],
          globalSetup: ["./tests/nodes/global-setup.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Real Pods on real nodes: Linux and root.
        test: {
          name: "traffic",
          include: ["tests/traffic/**/*.test.ts"],
          globalSetup: ["./tests/traffic/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
