import * as pulumi from "@pulumi/pulumi";
import { untilFirstRejection } from "../../../testing/until-first-rejection.ts";
import "./without-promise-stacks.ts";
import { decoded } from "./wire.ts";

/** A resource as it was registered with Pulumi. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of the component it belongs to, read from the parent's URN. */
  readonly parent: string | undefined;
  readonly parentUrn: string;
  // biome-ignore lint/suspicious/noExplicitAny: specs are compared as a whole
  readonly inputs: any;
  /** The inputs as the engine gets them, each secret and each unknown value marked in its place. */
  readonly sent: unknown;
  readonly provider: string;
  readonly deleteBeforeReplace: boolean;
  /** For how long its creation is waited for; empty where that is the provider's business. */
  readonly createTimeout: string;
  readonly replaceOnChanges: readonly string[];
  /** A value whose change replaces it. */
  readonly replacementTrigger: unknown;
  /** Names of the resources it is created after. */
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
  /** The URNs it has had. Not the provider's own aliases, which are types. */
  readonly aliases: readonly string[];
}

/** How a program is run. */
export interface RunOptions {
  readonly preview?: boolean;
  /** What the controllers of the cluster have made of the Services. */
  readonly status?: object;
  /** What a resource has once it is there, beside its inputs; its id, where it has one of its own. */
  readonly made?: (resource: pulumi.runtime.MockResourceArgs) => object | Promise<object>;
  /** What the provider answers when it is asked something. */
  readonly answer?: (call: pulumi.runtime.MockCallArgs) => object;
  /** The node port that the API server chooses, for nothing in a preview. */
  readonly chosenNodePort?: number;
}

/** What a program has registered. */
export interface Run<T> {
  readonly result: T;
  readonly resources: readonly Registered[];
  /** What the provider was asked. */
  readonly calls: readonly pulumi.runtime.MockCallArgs[];
  /** The resource with a name, and a type that ends in what is given. */
  resource(type: string, name: string): Registered;
  /** The registered outputs of a component. */
  outputs(component: pulumi.ComponentResource): Promise<Record<string, unknown>>;
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getDeletebeforereplace(): boolean;
  getCustomtimeouts(): { getCreate(): string } | undefined;
  getReplaceonchangesList(): string[];
  getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getAliasesList(): { getUrn(): string }[];
  getUrn(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
  getOutputs(): { toJavaScript(): Record<string, unknown> };
}
type Handler = (request: Request, callback: unknown) => unknown;

/** Runs a program under Pulumi's mocks until everything it registers has settled. */
export async function runProgram<T>(
  program: () => T | Promise<T>,
  options: RunOptions = {},
): Promise<Run<T>> {
  const inputs = new Map<string, unknown>();
  const calls: pulumi.runtime.MockCallArgs[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: async (resource) => {
        inputs.set(`${resource.type} ${resource.name}`, resource.inputs);
        // In a preview nothing exists yet.
        const made = options.preview ? {} : ((await options.made?.(resource)) ?? {});
        const id = options.preview ? undefined : `${resource.name}-id`;
        return { id, ...idOf(made), state: { ...stateOf(resource, options), ...made } };
      },
      call: (call) => {
        calls.push(call);
        return options.answer?.(call) ?? {};
      },
    },
    "shop-project",
    "dev",
    options.preview ?? false,
  );
  const requests: Request[] = [];
  const outputs = new Map<string, Record<string, unknown>>();
  listen(requests, outputs);
  const result = await untilFirstRejection(async () => {
    const made = await program();
    await pulumi.runtime.disconnect();
    return made;
  });
  const resources = requests.map((request) => registered(request, inputs));
  return {
    result,
    resources,
    calls,
    resource: (type, name) => {
      const found = resources.find((it) => it.type.endsWith(type) && it.name === name);
      if (found === undefined) throw new Error(`No ${type} ${name} among the registered resources`);
      return found;
    },
    outputs: async (component) => outputs.get(await outputValue(component.urn)) ?? {},
  };
}

/** The value of an Output, with Pulumi's placeholder where it is unknown. */
export async function outputValue<T>(output: pulumi.Output<T> | undefined): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** Whether an Output is known. */
export async function isKnown(output: pulumi.Output<unknown> | undefined): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

/** A value that arrives later. */
export function later<T>(value: T): pulumi.Output<T> {
  return pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
}

/** A value that a preview does not know. */
export function unknown<T>(): pulumi.Output<T> {
  return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;
}

/** What a program throws, in its own run or later. */
export async function failureOf(
  program: () => unknown,
  options?: RunOptions,
): Promise<Error & { problems?: unknown }> {
  try {
    await runProgram(program, options);
  } catch (error) {
    return error as Error;
  }
  throw new Error("The program has not failed");
}

function listen(requests: Request[], outputs: Map<string, Record<string, unknown>>): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, Handler>;
  const { registerResource, registerResourceOutputs } = monitor;
  monitor["registerResource"] = (request, callback) => {
    requests.push(request);
    return registerResource?.call(monitor, request, callback);
  };
  monitor["registerResourceOutputs"] = (request, callback) => {
    outputs.set(request.getUrn(), request.getOutputs().toJavaScript());
    return registerResourceOutputs?.call(monitor, request, callback);
  };
}

function registered(request: Request, inputs: Map<string, unknown>): Registered {
  const [type, name] = [request.getType(), request.getName()];
  return {
    type,
    name,
    parent: request.getParent().split("::").at(3),
    parentUrn: request.getParent(),
    inputs: inputs.get(`${type} ${name}`),
    sent: decoded(request.getObject().toJavaScript()),
    provider: request.getProvider(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
    replaceOnChanges: request.getReplaceonchangesList(),
    replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
    dependencies: request.getDependenciesList().map((urn) => urn.split("::").at(3) ?? urn),
    ignoreChanges: request.getIgnorechangesList(),
    aliases: request.getAliasesList().flatMap((alias) => alias.getUrn() || []),
  };
}

function stateOf(
  { inputs, type }: pulumi.runtime.MockResourceArgs,
  { chosenNodePort, status }: RunOptions,
) {
  if (!type.endsWith(":Service") || inputs.spec === undefined) {
    return inputs;
  }
  const ports = inputs.spec.ports?.map((port: { nodePort?: number }) =>
    chosenNodePort === undefined ? port : { nodePort: chosenNodePort, ...port },
  );
  return {
    ...inputs,
    spec: { ...inputs.spec, ports },
    ...(status === undefined ? {} : { status }),
  };
}

function idOf(made: object): { id?: string } {
  return "id" in made && typeof made.id === "string" ? { id: made.id } : {};
}
