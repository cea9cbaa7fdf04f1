import { readFileSync } from "node:fs";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { Provider, type ProviderArgs } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

/** One object of the program: its resource name, its manifest, and the options of the resource. */
interface Declared {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  readonly args: Record<string, unknown>;
  readonly opts?: pulumi.CustomResourceOptions;
}

/** What the program declares, from the file that PREVIEW_OBJECTS names. */
interface Program {
  /** The arguments of an explicit provider; without them, the default one. */
  readonly provider?: ProviderArgs;
  readonly objects: readonly Declared[];
  /** The name of a resource on whose creation values depend. */
  readonly late?: string;
  /** Fails the program after it has declared everything. */
  readonly fails?: string;
}

const kinds = {
  ConfigMap,
  Deployment,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Secret,
  Service,
  StatefulSet,
};

const program = JSON.parse(readFileSync(String(process.env["PREVIEW_OBJECTS"]), "utf8")) as Program;
const provider = program.provider && new Provider("cluster", program.provider);

// Whatever a preview cannot know: the id of a resource that is created.
const late = program.late && new pulumi.Stash(program.late, { input: "late" });
const unknown = late ? late.id : pulumi.output("known");

/** Texts of the file stand for what JSON cannot hold: `$unknown:X` is X once it is known, `$secret:X` the secret X. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, revive(it)]));
  }
  if (typeof value !== "string") return value;
  const { 1: kind, 2: text } = /^\$(unknown|secret):(.*)$/.exec(value) ?? [];
  if (kind === "secret") return pulumi.secret(text);
  return kind === "unknown" ? unknown.apply(() => text) : value;
}

for (const { args, kind, name, opts = {} } of program.objects) {
  new kinds[kind](name, revive(args) as object, { ...opts, ...(provider && { provider }) });
}
if (program.fails) throw new pulumi.RunError(program.fails);
