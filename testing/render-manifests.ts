import * as pulumi from "@pulumi/pulumi";
import { Document, Scalar, visit } from "yaml";
import { oneOf } from "../components/validation/rules.ts";
import { leavesOf } from "../components/validation/secrets/config-secrets.ts";
import { omitIgnoredReplicas } from "./ignored-replicas.ts";
import { byPlace, type Manifest, type ManifestMetadata } from "./manifest.ts";
import { quietError } from "./quiet-error.ts";
import { resolve, withoutTexts } from "./resolve.ts";
import { answeredByAws } from "./simulated-aws.ts";
import { deployed, LoadBalancerStatus, referenced } from "./simulated-cluster.ts";
import { untilFirstRejection } from "./until-first-rejection.ts";

/** The options for rendering a program. */
export interface RenderOptions {
  /** The Pulumi project, which is also the namespace of the program's own configuration. */
  readonly project: string;
  /** The Pulumi stack. */
  readonly stack: string;
  /**
   * The configuration by full key, `project:key`; values that are not strings are passed as JSON.
   *
   * @default - none
   */
  readonly config?: Record<string, string>;
  /**
   * The keys of `config` whose values are secret. All values in a secret object are secret.
   *
   * @default - none
   */
  readonly secretKeys?: string[];
  /**
   * The status of the load balancers in the simulated cluster.
   *
   * @default LoadBalancerStatus.Pending
   */
  readonly loadBalancers?: LoadBalancerStatus;
  /**
   * The outputs of the stacks that the program reads by a `StackReference`, by the name of the stack.
   *
   * @default - none; rendering fails when the program reads a stack
   */
  readonly stackOutputs?: Record<string, Record<string, unknown>>;
}

/** The result of a program. */
export interface RenderedProgram {
  /** The Kubernetes objects that it declares, as {@link renderManifests} returns them. */
  readonly manifests: Manifest[];
  /**
   * Its exports by name, as `pulumi stack output` would show them. An object with an unknown part is unknown as a
   * whole; to see one field, export that field. A resource is shown as its URN.
   */
  readonly outputs: Record<string, unknown>;
}

/**
 * Runs a Pulumi program without an engine or a cluster, and returns the Kubernetes objects that it declares, ready for
 * `kubectl apply`: without `pulumi.com/…` annotations, which only Pulumi's provider reads. Namespaces come first, then
 * all objects by kind, namespace and name. Objects that the program only reads are omitted, and so is a `spec.replicas`
 * whose changes the program ignores, because an autoscaler decides it and a manifest would reset it.
 *
 * AWS resources are not manifests. Resources of `pulumi-kubernetes-services/aws` have simulated outputs, so that
 * objects that use them can be rendered. AWS is not called.
 *
 * Secrets are replaced by `SECRET`: values that Pulumi marks as secret, including the content of a Secret, and every
 * string, number and field name that reveals secret configuration which the program reads as plain text: the value
 * itself, or a string or number inside it, plain, in base64, hexadecimal, percent-encoded or in JSON. A secret of 3 to
 * 5 characters is found only as a whole string; shorter ones are not searched for. Other derivations of a secret, such
 * as its first half or a hash, are rendered, and so are the field names of secret objects.
 *
 * Rendering uses the process's Pulumi runtime, so only one program can be rendered at a time. An imported program runs
 * once per process, however often it is imported.
 *
 * @param program Runs the program, for example `() => import("./index.ts")`.
 * @param options The project, stack and configuration of the run.
 * @throws The error of the program, also from a rejected Output, without secret configuration in its message.
 * @throws Error if the load balancers are set to fail.
 * @throws TypeError if the status of the load balancers is not one of {@link LoadBalancerStatus}.
 */
export async function renderManifests(
  program: () => unknown,
  options: RenderOptions,
): Promise<Manifest[]> {
  const { manifests } = await renderProgram(program, options);
  return manifests;
}

/**
 * Runs a Pulumi program as {@link renderManifests} does, and also returns its exports. A test can thus check a program
 * with a load balancer that has an IP, a hostname or neither.
 *
 * @param program Runs the program and returns its exports: an object of named outputs, or a module as in `() =>
 * import("./index.ts")`. A module's default export is used if it has one, and called if it is a function.
 * @param options The project, stack and configuration of the run, and the status of its load balancers.
 * @throws The error of the program, also from a rejected Output.
 * @throws Error if the load balancers are set to fail.
 */
export async function renderProgram(
  program: () => unknown,
  options: RenderOptions,
): Promise<RenderedProgram> {
  const { config = {}, project, secretKeys = [], stack } = options;
  const { loadBalancers = LoadBalancerStatus.Pending } = options;
  const must = oneOf(LoadBalancerStatus)(loadBalancers);
  if (must !== undefined) {
    throw new TypeError(
      `Cannot render: loadBalancers is ${JSON.stringify(loadBalancers)}, ${must}`,
    );
  }
  const declared: pulumi.ResourceTransformationArgs[] = [];
  pulumi.runtime.setAllConfig(config, secretKeys);
  const newResource = (args: pulumi.runtime.MockResourceArgs) =>
    args.type === "pulumi:pulumi:StackReference"
      ? referenced(args, options.stackOutputs)
      : deployed(args, loadBalancers);
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

/** Writes manifests as one stream of YAML documents, which is stable and reads the same in every YAML version. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map(yamlOf).join("---\n");
}

/**
 * Characters that some parsers reject or take as a line break, and that are therefore escaped:
 * https://yaml.org/spec/1.1/#id868518
 */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
/** The merge key, which must be quoted: https://yaml.org/type/merge.html */
const MERGE = "<<";
const MERGE_TAG = "tag:yaml.org,2002:merge";

function yamlOf(manifest: Manifest): string {
  // kubectl reads YAML 1.1, where a bare `no` or `on` is a boolean.
  const document = new Document(manifest, {
    aliasDuplicateObjects: false,
    // A string with the merge tag would be written without quotes.
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

/** Runs a program as the engine's language host does, and returns its exports: only an object has named exports. */
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
  const resolved = omitIgnoredReplicas(declared, resource.opts);
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
