import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../testing/manifest.ts";
import { renderManifests } from "../../testing/render-manifests.ts";
import { type BackendsOptions, backends } from "../backends.ts";

/** How many Backends the fifth step adds. */
const ADDED = 10;

/** The objects of one step, in each form in which a peer reads them. */
export interface Stage {
  /** The arguments of `backends`, as JSON. */
  readonly options: string;
  /** A file with the objects as a list of JSON, without annotations for Pulumi. */
  readonly manifests: string;
  /** The same with `pulumi.com/skipAwait` on the Services, as people tune plain Pulumi by hand. */
  readonly tuned: string;
  /** The same as one `v1` List, which kubectl and Helm read. */
  readonly list: string;
}

/** The stages through which every peer goes. */
export interface Stages {
  /** The Backends of the first steps. */
  readonly first: Stage;
  /** The same with another image in one of them. */
  readonly changed: Stage;
  /** The same and ten more. */
  readonly more: Stage;
}

/** Renders the stages for a number of Backends, and writes them into a folder. */
export async function writeStages(folder: string, count: number): Promise<Stages> {
  const write = (name: string, options: BackendsOptions) => writeStage(folder, name, options);
  return {
    first: await write(`${count}-first`, { count, changed: false, replicas: 1 }),
    changed: await write(`${count}-changed`, { count, changed: true, replicas: 1 }),
    more: await write(`${count}-more`, { count: count + ADDED, changed: true, replicas: 1 }),
  };
}

async function writeStage(folder: string, name: string, options: BackendsOptions): Promise<Stage> {
  const rendered = await renderManifests(() => backends(options), {
    project: "bench",
    stack: "dev",
  });
  const objects = rendered.map(asOthersWriteIt);
  const write = (suffix: string, content: unknown): string => {
    const path = join(folder, `${name}${suffix}.json`);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  return {
    options: JSON.stringify(options),
    manifests: write("", objects),
    tuned: write("-tuned", objects.map(withoutAwait)),
    list: write("-list", { apiVersion: "v1", kind: "List", items: objects }),
  };
}

/** Without the annotations by which the components tell Pulumi's provider what to wait for. */
export function asOthersWriteIt(manifest: Manifest): Manifest {
  const { annotations, ...metadata } = manifest.metadata;
  const kept = Object.entries(Object(annotations)).filter(
    ([key]) => !key.startsWith("pulumi.com/"),
  );
  const left = kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) };
  return { ...manifest, metadata: { ...metadata, ...left } };
}

/** https://www.pulumi.com/registry/packages/kubernetes/api-docs/#annotations */
export function withoutAwait(manifest: Manifest): Manifest {
  const { kind, metadata } = manifest;
  if (kind !== "Service") return manifest;
  const annotations = { ...Object(metadata["annotations"]), "pulumi.com/skipAwait": "true" };
  return { ...manifest, metadata: { ...metadata, annotations } };
}
