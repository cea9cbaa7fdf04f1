import * as pulumi from "@pulumi/pulumi";
import { LoadBalancerController } from "./components/index.ts";
import { configSecrets } from "./components/validation/secrets/config-secrets.ts";
import { withoutSecrets } from "./components/validation/secrets/without-secrets.ts";

/** What a stack's configuration decides. A key without a default is required. */
export interface StackConfig {
  /** Context of the kubeconfig that the stack is deployed to, and no other. */
  readonly context: string;
  /**
   * Uid of the cluster's namespace `kube-system`. Every other cluster is refused from the first preview on.
   *
   * @default - the cluster of the first deployment
   */
  readonly clusterUid: string | undefined;
  /**
   * Namespace of everything, created by the stack.
   *
   * @default "shop"
   */
  readonly namespace: string;
  /** Image of both workloads: an HTTP server that listens on 8080 as any user. */
  readonly image: string;
  /**
   * Path at which the image answers 200 when it can take requests.
   *
   * @default "/"
   */
  readonly readinessPath: string;
  /**
   * Replicas of each workload.
   *
   * @default 2
   */
  readonly replicas: number;
  /** What makes load balancers in the cluster, or `None`. */
  readonly controller: LoadBalancerController;
  /**
   * Whether there is a port on every node, for development.
   *
   * @default false
   */
  readonly nodePortService: boolean;
  /**
   * Whether there is a public load balancer.
   *
   * @default false
   */
  readonly frontService: boolean;
  /**
   * CIDRs that may reach the load balancer; `0.0.0.0/0` is everybody.
   *
   * @default - required with `frontService`
   */
  readonly sourceRanges: string[];
}

/**
 * Reads the stack's configuration.
 *
 * @throws pulumi.RunError with every problem at once: a key that is missing, unknown or has a value it cannot have. A
 * secret value is not shown
 */
export function readStackConfig(): StackConfig {
  const problems: string[] = [];
  const config = new pulumi.Config();
  const settings = {
    context: required(config, "context", problems),
    clusterUid: config.get("clusterUid"),
    namespace: config.get("namespace") ?? "shop",
    image: required(config, "image", problems),
    readinessPath: config.get("readinessPath") ?? "/",
    replicas: attempt(() => config.getNumber("replicas"), problems) ?? 2,
    controller: oneOf(config, "controller", LoadBalancerController, problems),
    nodePortService: attempt(() => config.getBoolean("nodePortService"), problems) ?? false,
    frontService: attempt(() => config.getBoolean("frontService"), problems) ?? false,
    sourceRanges: strings(config, "sourceRanges", problems),
  };
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const [namespace, name = ""] = key.split(":");
    if (namespace === config.name && !(name in settings)) {
      problems.push(`${key} is unknown, must be one of ${Object.keys(settings).join(", ")}`);
    }
  }
  if (problems.length > 0) {
    const heading = `Cannot use the configuration of stack "${pulumi.getStack()}" (Pulumi.${pulumi.getStack()}.yaml)`;
    const text = [`${heading}:`, ...problems].join("\n  ");
    throw new pulumi.RunError(withoutSecrets(text, configSecrets()));
  }
  return settings;
}

function required(config: pulumi.Config, key: string, problems: string[]): string {
  const value = config.get(key);
  if (value) return value;
  problems.push(`${config.name}:${key} is missing; set it with pulumi config set ${key} VALUE`);
  return "";
}

function oneOf<T extends string>(
  config: pulumi.Config,
  key: string,
  values: Readonly<Record<string, T>>,
  problems: string[],
): T {
  const allowed = Object.values(values);
  const value = config.get(key);
  const found = allowed.find((choice) => choice === value);
  if (found !== undefined) return found;
  const got = value === undefined ? "missing" : JSON.stringify(value);
  problems.push(`${config.name}:${key} is ${got}, must be one of ${allowed.join(", ")}`);
  return allowed[0] as T;
}

/** A list, which the engine hands over as JSON. Its value is not shown: parts of it may be secret. */
function strings(config: pulumi.Config, key: string, problems: string[]): string[] {
  const value = attempt(() => config.getObject<unknown>(key) ?? [], []);
  if (Array.isArray(value) && value.every((it) => typeof it === "string")) return value;
  const how = `set its items with pulumi config set --path '${key}[0]' VALUE`;
  problems.push(`${config.name}:${key} must be a list of strings; ${how}`);
  return [];
}

function attempt<T>(read: () => T, problems: string[]): T | undefined {
  try {
    return read();
  } catch (error) {
    problems.push((error as Error).message);
    return undefined;
  }
}
