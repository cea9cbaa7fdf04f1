import type { BackendArgs, ContainerArgs } from "../../../components/index.ts";
import { type InputRow, MUST } from "./input-row.ts";
import { probeRows } from "./probe-rows.ts";

/** What the Backend's own container has in common with those beside it. */
type SharedArgs = Partial<Pick<ContainerArgs, keyof BackendArgs & keyof ContainerArgs>>;

/** Where a container is given and shows. */
export interface ContainerPlace {
  /** What stands before its fields in the package's schema. */
  readonly prefix: string;
  /** The container in a refusal. */
  readonly path: string;
  /** The container in the objects. */
  readonly place: string;
  /** The name of a port that it has. */
  readonly port: string;
  /** The arguments with these fields of the container. */
  readonly given: (fields: Omit<SharedArgs, "volumes">) => object;
}

/** The rows of the fields that every container has. */
export function containerRows(container: ContainerPlace): InputRow[] {
  const { given, path, place, port, prefix } = container;
  const probe = (name: "livenessProbe" | "readinessProbe" | "startupProbe", mostPasses: number) =>
    probeRows({
      field: `${prefix}${name}`,
      path: `${path}.${name}`,
      place: `${place} ${name}`,
      given: (args) => given({ [name]: args }),
      port,
      mostPasses,
    });
  return [
    {
      field: `${prefix}image`,
      given: (value) => given({ image: value }),
      good: "registry.example/other:2.0.0",
      shows: { [`${place} image`]: "registry.example/other:2.0.0" },
      bad: "no image",
      path: `${path}.image`,
      must: MUST.image,
    },
    ...processRows(container),
    ...environmentRows(container),
    ...resourceRows(container),
    ...probe("readinessProbe", 2),
    ...probe("livenessProbe", 1),
    ...probe("startupProbe", 1),
  ];
}

function processRows({ given, path, place, prefix }: ContainerPlace): InputRow[] {
  return [
    {
      field: `${prefix}command[]`,
      given: (value) => given({ command: [value, "serve"] }),
      good: "/bin/shop",
      shows: { [`${place} command 0`]: "/bin/shop" },
      bad: "",
      path: `${path}.command[0]`,
      must: "must be a non-empty string",
    },
    {
      field: `${prefix}args[]`,
      given: (value) => given({ args: ["--port", value] }),
      good: "8080",
      shows: { [`${place} args 1`]: "8080" },
      bad: 8080,
      path: `${path}.args[1]`,
      must: MUST.text,
    },
    {
      field: `${prefix}workingDir`,
      given: (value) => given({ workingDir: value }),
      good: "/srv",
      shows: { [`${place} workingDir`]: "/srv" },
      bad: "srv",
      path: `${path}.workingDir`,
      must: MUST.absolutePath,
    },
  ];
}

function environmentRows({ given, path, place, prefix }: ContainerPlace): InputRow[] {
  const reference = (
    field: "envFromConfigMapKeys" | "envFromSecretKeys",
    part: "key" | "name",
    rest: Pick<InputRow, "bad" | "good" | "must">,
  ): InputRow => {
    const source = field === "envFromSecretKeys" ? "secretKeyRef" : "configMapKeyRef";
    return {
      ...rest,
      field: `${prefix}${field}{}.${part}`,
      given: (value) => given({ [field]: { MODE: { name: "shop", key: "mode", [part]: value } } }),
      shows: { [`${place} env 0 valueFrom ${source} ${part}`]: rest.good },
      path: `${path}.${field}.MODE.${part}`,
    };
  };
  const list = (field: "envFromConfigMaps" | "envFromSecrets"): InputRow => {
    const source = field === "envFromSecrets" ? "secretRef" : "configMapRef";
    return {
      field: `${prefix}${field}[]`,
      given: (value) => given({ [field]: [value] }),
      good: "shop",
      shows: { [`${place} envFrom 0 ${source} name`]: "shop" },
      bad: "Shop",
      path: `${path}.${field}[0]`,
      must: MUST.objectName,
    };
  };
  const key = {
    good: "other",
    bad: "a b",
    must: MUST.configurationKey,
  };
  const name = { good: "other", bad: "Other", must: MUST.objectName };
  return [
    {
      field: `${prefix}env{}`,
      given: (value) => given({ env: { MODE: value } }),
      good: "fast",
      shows: { [`${place} env 0 value`]: "fast" },
      bad: 7,
      path: `${path}.env.MODE`,
      // It may be a password.
      shown: "refused",
      must: MUST.text,
    },
    reference("envFromSecretKeys", "name", name),
    reference("envFromSecretKeys", "key", key),
    reference("envFromConfigMapKeys", "name", name),
    reference("envFromConfigMapKeys", "key", key),
    {
      field: `${prefix}envFromFields{}`,
      given: (value) => given({ envFromFields: { POD: value } }),
      good: "metadata.name",
      shows: { [`${place} env 0 valueFrom fieldRef fieldPath`]: "metadata.name" },
      bad: "spec.hostname",
      path: `${path}.envFromFields.POD`,
      must: MUST.fieldPath,
    },
    {
      field: `${prefix}envFromResourceFields{}.resource`,
      given: (resource) => given({ envFromResourceFields: { MOST: { resource } } }),
      good: "limits.memory",
      shows: { [`${place} env 0 valueFrom resourceFieldRef resource`]: "limits.memory" },
      bad: "limits.gpu",
      path: `${path}.envFromResourceFields.MOST.resource`,
      must: MUST.containerResource,
    },
    {
      field: `${prefix}envFromResourceFields{}.divisor`,
      given: (divisor) =>
        given({ envFromResourceFields: { MOST: { resource: "limits.cpu", divisor } } }),
      good: "1m",
      shows: { [`${place} env 0 valueFrom resourceFieldRef divisor`]: "1m" },
      bad: "1Mi",
      path: `${path}.envFromResourceFields.MOST.divisor`,
      must: "must be 1m or 1, a unit of cpu",
    },
    list("envFromSecrets"),
    list("envFromConfigMaps"),
  ];
}

function resourceRows({ given, path, place, prefix }: ContainerPlace): InputRow[] {
  return (["requests", "limits"] as const).map((field) => ({
    field: `${prefix}resources.${field}{}`,
    given: (value) => given({ resources: { [field]: { memory: value } } }),
    good: "1Gi",
    shows: { [`${place} resources ${field} memory`]: "1Gi" },
    bad: "a lot",
    path: `${path}.resources.${field}.memory`,
    must: MUST.quantity,
  }));
}
