import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { untilFirstRejection } from "./until-first-rejection.ts";

/** A Kubernetes object as it would be applied. */
export interface Manifest {
  /** The API group and version. */
  readonly apiVersion: string;
  /** The kind. */
  readonly kind: string;
  /** The metadata; the name among them. */
  readonly metadata: ManifestMetadata;
  /** Whatever else the kind has, `spec` most of the time. */
  readonly [field: string]: unknown;
}

/** The metadata of a {@link Manifest}, as far as every kind has them. */
export interface ManifestMetadata {
  /** The name. Where the program leaves it to Pulumi, which adds a random suffix, the resource's name stands here. */
  readonly name: string;
  /**
   * The namespace.
   *
   * @default - the object has none, or leaves it to the provider
   */
  readonly namespace?: string;
  /** Labels, annotations and whatever else the program states. */
  readonly [field: string]: unknown;
}

/** What a program is rendered as. */
export interface RenderOptions {
  /** The Pulumi project, which is also the namespace of the program's own configuration. */
  readonly project: string;
  /** The Pulumi stack. */
  readonly stack: string;
  /**
   * The configuration by full key, `project:key`; values that are no texts as JSON.
   *
   * @default - none
   */
  readonly config?: Record<string, string>;
  /**
   * The keys of `config` whose values are secret.
   *
   * @default - none
   */
  readonly secretKeys?: string[];
}

/** What stands in a manifest in place of a secret. */
export const SECRET = "<SECRET: NOT RENDERED>";

/** What stands in a manifest in place of a value that only a real deployment knows. */
export const UNKNOWN = "<UNKNOWN UNTIL DEPLOYED>";

/** Shortest secret that is also looked for inside longer texts: a shorter one would be found everywhere by chance. */
const SEARCHED_SECRET_CHARACTERS = 6;

/**
 * Runs a Pulumi program without an engine or a cluster, and returns the Kubernetes objects it declares: what one could
 * apply with kubectl, so without `pulumi.com/…` annotations, which only Pulumi's provider reads. Namespaces come first,
 * then everything by kind, namespace and name. Objects that the program only reads are not among them.
 *
 * Secrets are never rendered: neither values that Pulumi knows as secret, the content of a Secret among them, nor secret
 * configuration wherever it turns up.
 *
 * It takes the process's Pulumi runtime for itself, so only one program can be rendered at a time; and a program that
 * is imported runs once per process, however often it is imported.
 *
 * @param program Runs the program, for example `() => import("./index.ts")`.
 * @param options What the program is run as.
 * @throws Whatever the program throws, also later than in its own run.
 */
export async function renderManifests(
  program: () => unknown,
  options: RenderOptions,
): Promise<Manifest[]> {
  const { config = {}, project, secretKeys = [], stack } = options;
  const declared: pulumi.ResourceTransformationArgs[] = [];
  pulumi.runtime.setAllConfig(config, secretKeys);
  await pulumi.runtime.setMocks({ newResource: deployed, call: () => ({}) }, project, stack);

  const manifests = await untilFirstRejection(async () => {
    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation((resource) => {
        declared.push(resource);
        return undefined;
      });
      await program();
    });
    await pulumi.runtime.disconnect();
    return Promise.all(declared.filter(isObject).map(manifestOf));
  });

  const secrets = secretKeys.flatMap((key) => config[key] ?? []);
  return manifests.map((manifest) => withoutTexts(manifest, secrets) as Manifest).sort(byPlace);
}

/** Writes manifests as one stream of YAML documents, the same for the same manifests, that every YAML version reads alike. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests
    .map((manifest) =>
      stringify(manifest, {
        aliasDuplicateObjects: false,
        lineWidth: 0,
        // kubectl reads YAML 1.1, where a bare `no` or `on` is a boolean.
        version: "1.1",
      }),
    )
    .join("---\n");
}

/** What a resource looks like once it is there: a read one has the name it was asked for by. */
function deployed({ id, inputs, name, type }: pulumi.runtime.MockResourceArgs) {
  if (type === "pulumi:index:Stash") {
    return { id: name, state: { ...inputs, output: inputs.input } };
  }
  const metadata = { name: id?.split("/").at(-1) ?? name, ...inputs.metadata };
  return { id: id ?? name, state: { ...inputs, metadata } };
}

function isObject({ opts, props, type }: pulumi.ResourceTransformationArgs): boolean {
  const read = opts.id !== undefined;
  return type.startsWith("kubernetes:") && !read && "kind" in props;
}

async function manifestOf(resource: pulumi.ResourceTransformationArgs): Promise<Manifest> {
  const resolved = (await resolve(resource.props)) as Record<string, unknown>;
  const { apiVersion, kind, metadata, ...rest } = resolved;
  return {
    apiVersion,
    kind,
    metadata: cleaned(resource.name, metadata as Record<string, unknown> | undefined),
    ...rest,
  } as Manifest;
}

function cleaned(name: string, metadata: Record<string, unknown> | undefined): ManifestMetadata {
  const { annotations, ...rest } = metadata ?? {};
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith("pulumi.com/"));
  return {
    name,
    ...rest,
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
  };
}

/** An Output with what Pulumi's own serializer reads of it. */
type SerializableOutput = pulumi.Output<unknown> & {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
};

/**
 * Resolves every Output and Promise, one by one, so that only what is secret or unknown is replaced. Of a secret object
 * or list the fields stay, as those of a Secret, whose content Pulumi's class marks as secret.
 */
async function resolve(value: unknown, secret = false): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const late = value as SerializableOutput;
    const hidden = secret || (await pulumi.isSecret(late));
    return (await late.isKnown) ? resolve(await late.promise(), hidden) : UNKNOWN;
  }
  if (value instanceof Promise) {
    return resolve(await value, secret);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item) => resolve(item, secret)));
  }
  if (typeof value !== "object" || value === null) {
    return secret && value !== undefined ? SECRET : value;
  }
  const fields = await Promise.all(
    Object.entries(value).map(async ([key, field]) => [key, await resolve(field, secret)] as const),
  );
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

/** Replaces every text that is or contains one of the given ones: a program may read secret configuration as plain. */
function withoutTexts(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") {
    const found = secrets.some(
      (secret) =>
        value === secret || (secret.length >= SEARCHED_SECRET_CHARACTERS && value.includes(secret)),
    );
    return found ? SECRET : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withoutTexts(item, secrets));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, withoutTexts(field, secrets)]),
  );
}

function byPlace(one: Manifest, other: Manifest): number {
  const [first, second] = [place(one), place(other)];
  return first < second ? -1 : Number(first > second);
}

function place({ apiVersion, kind, metadata }: Manifest): string {
  const order = kind === "Namespace" ? 0 : 1;
  return JSON.stringify([order, kind, metadata.namespace ?? "", metadata.name, apiVersion]);
}
