import * as pulumi from "@pulumi/pulumi";
import { Document, Scalar, visit } from "yaml";
import { leavesOf } from "../components/validation/secrets/config-secrets.ts";
import { byPlace, type Manifest, type ManifestMetadata } from "./manifest.ts";
import { quietError } from "./quiet-error.ts";
import { withoutReplicasOfOthers } from "./replicas-of-others.ts";
import { resolve, withoutTexts } from "./resolve.ts";
import { answeredByAws } from "./simulated-aws.ts";
import { deployed, LoadBalancerStatus } from "./simulated-cluster.ts";
import { untilFirstRejection } from "./until-first-rejection.ts";

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
   * The keys of `config` whose values are secret: of an object, all that is in it.
   *
   * @default - none
   */
  readonly secretKeys?: string[];
  /**
   * What the simulated cluster makes of the load balancers that the program asks for.
   *
   * @default LoadBalancerStatus.Pending
   */
  readonly loadBalancers?: LoadBalancerStatus;
}

/** What a program comes to. */
export interface RenderedProgram {
  /** The Kubernetes objects it declares, as {@link renderManifests} returns them. */
  readonly manifests: Manifest[];
  /**
   * What it exports, by name, as `pulumi stack output` would show it: an object of which a part is unknown is unknown as
   * a whole, so look at a field by exporting the field. A resource is shown as its URN.
   */
  readonly outputs: Record<string, unknown>;
}

/**
 * Runs a Pulumi program without an engine or a cluster, and returns the Kubernetes objects it declares: what one could
 * apply with kubectl, so without `pulumi.com/…` annotations, which only Pulumi's provider reads. Namespaces come first,
 * then everything by kind, namespace and name. Objects that the program only reads are not among them, and neither
 * is a `spec.replicas` whose changes the program ignores: an autoscaler decides it, and a manifest would reset it.
 *
 * Resources of AWS are no manifests. Those of `pulumi-kubernetes-services/aws` have outputs that are made up, so that what is
 * built with them can be rendered; nobody is asked.
 *
 * In place of secrets stands `SECRET`: of values that Pulumi knows as secret, the content of a Secret among them, and
 * of what reveals secret configuration that is read as plain: every text, number and name of a field that contains the value, or
 * a text or number inside it, as it is, as base64, hexadecimal, percent-encoded or in JSON. What has 3 to 5 characters is found
 * where it is all there is, and what has fewer is not looked for. What the program makes of a secret in another way, such as
 * its first half or a hash, is rendered. So are the names of fields of what Pulumi knows as secret.
 *
 * It takes the process's Pulumi runtime for itself, so only one program can be rendered at a time; and a program that
 * is imported runs once per process, however often it is imported.
 *
 * @param program Runs the program, for example `() => import("./index.ts")`.
 * @param options What the program is run as.
 * @throws Whatever the program throws, also later than in its own run, without secret configuration in its message.
 * @throws Error if its load balancers are to fail.
 */
export async function renderManifests(
  program: () => unknown,
  options: RenderOptions,
): Promise<Manifest[]> {
  const { manifests } = await renderProgram(program, options);
  return manifests;
}

/**
 * Runs a Pulumi program as {@link renderManifests} does, and also returns what it exports. So a test can ask what a
 * program makes of a load balancer that has an ip, has a hostname, or has neither.
 *
 * @param program Runs the program. What it returns is what the program exports: an object of named outputs, or a module
 * as by `() => import("./index.ts")`, whose default export is taken where it has one, and called where that is a function.
 * @param options What the program is run as, and what becomes of its load balancers.
 * @throws Whatever the program throws, also later than in its own run.
 * @throws Error if its load balancers are to fail.
 */
export async function renderProgram(
  program: () => unknown,
  options: RenderOptions,
): Promise<RenderedProgram> {
  const { config = {}, project, secretKeys = [], stack } = options;
  const { loadBalancers = LoadBalancerStatus.Pending } = options;
  const declared: pulumi.ResourceTransformationArgs[] = [];
  pulumi.runtime.setAllConfig(config, secretKeys);
  const newResource = (args: pulumi.runtime.MockResourceArgs) => deployed(args, loadBalancers);
  await pulumi.runtime.setMocks({ newResource, call: answeredByAws }, project, stack);

  const secrets = secretKeys.flatMap((key) => leavesOf(config[key] ?? ""));
  const rendered = await untilFirstRejection(async () => {
    let exported: unknown;
    await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation((resource) => {
        declared.push(resource);
        return undefined;
      });
      exported = await exportsOf(program);
    });
    await pulumi.runtime.disconnect();
    const manifests = await Promise.all(declared.filter(isObject).map(manifestOf));
    return { manifests: manifests.sort(byPlace), outputs: await resolve(exported) };
  }).catch((error: unknown) => {
    throw quietError(error, secrets);
  });
  return withoutTexts(rendered, secrets) as RenderedProgram;
}

/** Writes manifests as one stream of YAML documents, the same for the same manifests, that every YAML version reads alike. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map(yamlOf).join("---\n");
}

/** Characters that some readers refuse or take for the end of a line, each written as an escape: https://yaml.org/spec/1.1/#id868518 */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
/** What merges another map into its own, where it is not quoted: https://yaml.org/type/merge.html */
const MERGE = "<<";
const MERGE_TAG = "tag:yaml.org,2002:merge";

function yamlOf(manifest: Manifest): string {
  // kubectl reads YAML 1.1, where a bare `no` or `on` is a boolean.
  const document = new Document(manifest, {
    aliasDuplicateObjects: false,
    // A text of the merge tag would be written without quotes.
    customTags: (tags) => tags.filter((it) => typeof it === "string" || it.tag !== MERGE_TAG),
    version: "1.1",
  });
  visit(document, {
    Scalar(_, scalar) {
      const { value } = scalar;
      if (typeof value === "string" && (value === MERGE || value.search(ESCAPED) >= 0)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  const text = document.toString({ lineWidth: 0 });
  return text.replaceAll(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Runs a program as the engine's language host does, and returns what it exports: nothing but an object has names. */
async function exportsOf(program: () => unknown): Promise<object> {
  const result = await program();
  const main = isModule(result) && "default" in result ? result.default : result;
  const exported: unknown = await (typeof main === "function" ? main() : main);
  const named =
    typeof exported === "object" && exported !== null && !Array.isArray(exported) ? exported : {};
  return pulumi.Resource.isInstance(named) ? {} : { ...named };
}

function isModule(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Module]";
}

function isObject({ opts, props, type }: pulumi.ResourceTransformationArgs): boolean {
  const read = opts.id !== undefined;
  return type.startsWith("kubernetes:") && !read && "kind" in props;
}

async function manifestOf(resource: pulumi.ResourceTransformationArgs): Promise<Manifest> {
  const declared = (await resolve(resource.props)) as Record<string, unknown>;
  const resolved = withoutReplicasOfOthers(declared, resource.opts);
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
