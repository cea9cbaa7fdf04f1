import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { type GitHubEvent, type JobRun, play, type Runner } from "../shared/workflows/play.ts";
import { Repository } from "../shared/workflows/repository.ts";

const MILLISECONDS = 1_200_000;
/** What the package may have at most: 1.3 times what it has now, so that a picture or a bundle that slips in is seen. */
const MOST_PACKED_KILOBYTES = 1_700;
const MOST_UNPACKED_KILOBYTES = 7_200;

const folder = mkdtempSync(join(tmpdir(), "publishing-"));
const repository = new Repository(join(folder, "origin"));
const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));

/** What continuous integration runs anyway. */
const ALREADY_RUN = { "npm run ok": "true", "npm test -- --suite unit": "true" };

const runner: Runner = {
  folder,
  origin: repository.folder,
  apiUrl: "http://127.0.0.1:9",
  token: "",
  machine: {},
  secretsOf: () => ({}),
  instead: { ...ALREADY_RUN, "npm run release": "npm run release -- --dry-run --json" },
};

async function playing(workflow: string, event: Omit<GitHubEvent, "sha">): Promise<JobRun[]> {
  const sha = await repository.git("rev-parse", "main");
  return [...(await play(workflow, { ...event, sha }, "1", runner))];
}

const tag = (name: string) => ({ name: "push", ref: `refs/tags/${name}`, payload: {} });

beforeAll(async () => {
  await repository.create();
  await repository.commit("A package");
}, MILLISECONDS);
afterAll(() => rmSync(folder, { recursive: true, force: true }), MILLISECONDS);

test(".ci/run: runs what the workflows leave to continuous integration", () => {
  const commands = readFileSync(join(checkout, ".ci/run"), "utf8").split("\n");

  expect(commands).toEqual(expect.arrayContaining(["npm run ok", "npm test"]));
});

describe("a release", { timeout: MILLISECONDS }, () => {
  test("fails before anything is published when the changelog does not have the version", async () => {
    const [run] = await playing("release", tag(`v${version}`));

    expect(run).toMatchObject({ name: "publish", result: "failure" });
    expect(run?.output).toContain("Cannot release:");
    expect(run?.commands).toEqual(['npm run github -- release "$GITHUB_REF_NAME"']);
  });

  test("goes to the point of publishing when everything agrees, and is within its size", async ({
    annotate,
  }) => {
    const { git } = repository;
    await git.call(repository, "rm", "--quiet", ...(await changesets()));
    repository.edit("CHANGELOG.md", (text) => `${text}\n## ${version}\n`);
    repository.edit("package.json", (text) =>
      text.replace(
        '"license"',
        '"repository": { "type": "git", "url": "https://git.example/shop" },\n  "license"',
      ),
    );
    await repository.commit("Release");

    const [run] = await playing("release", tag(`v${version}`));

    expect(run?.result, run?.output).toBe("success");
    expect(run?.commands).toContain("npm run release");
    const { entryCount, size, unpackedSize } = packed(run?.output ?? "");
    await annotate(
      `The package: ${entryCount} files, ${Math.round(size / 1000)} kB packed, ${Math.round(unpackedSize / 1000)} kB unpacked`,
      "figure",
    );
    expect(entryCount).toBeGreaterThan(100);
    expect(size / 1000).toBeLessThan(MOST_PACKED_KILOBYTES);
    expect(unpackedSize / 1000).toBeLessThan(MOST_UNPACKED_KILOBYTES);
  });
});

describe("a push", { timeout: MILLISECONDS }, () => {
  test("builds the documentation site", async () => {
    const runs = await playing("docs", { name: "push", ref: "refs/heads/main", payload: {} });

    expect(
      runs.map(({ result }) => result),
      runs[0]?.output,
    ).toEqual(["success", "success"]);
  });
});

/** The changes that a release collects. */
async function changesets(): Promise<readonly string[]> {
  const files = await repository.git("ls-files", ".changeset/*.md");
  return files.split("\n").filter((name) => !name.endsWith("README.md"));
}

interface Packed {
  readonly entryCount: number;
  readonly size: number;
  readonly unpackedSize: number;
}

/** What npm says of the package that it would publish, by the package's name. */
function packed(output: string): Packed {
  const [json = "{}"] = /^\{$[\s\S]*^\}$/m.exec(output) ?? [];
  const [found] = Object.values(JSON.parse(json) as Readonly<Record<string, Packed>>);
  if (found === undefined) throw new Error(`npm says nothing of a package: ${output}`);
  return found;
}
