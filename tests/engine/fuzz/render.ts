import {
  Backend,
  type BackendArgs,
  LoadBalancerService,
  NodePortService,
} from "../../../components/index.ts";
import { type Manifest, renderManifests } from "../../../testing/index.ts";
import "../../unit/support/without-promise-stacks.ts";
import type { Given } from "./arbitraries/backend.ts";
import { PROGRAM } from "./settings.ts";

const components = { Backend, LoadBalancerService, NodePortService };

/** The name of a component. */
export type ComponentName = keyof typeof components;

/** Renders one component in a program of its own, in which nothing else has a name but the Backends it connects to. */
export function render(
  component: ComponentName,
  { args, callees = {}, name }: Given<object>,
): Promise<Manifest[]> {
  const program = () => {
    const connected = Object.keys(callees).length === 0 ? args : connect(args, callees);
    new components[component](name, connected as never);
  };
  return renderManifests(program, PROGRAM);
}

/** Creates Backends, and connects to them instead of to the targets that are stated. */
function connect(args: Partial<BackendArgs>, callees: NonNullable<Given<object>["callees"]>) {
  const connections = Object.entries(args.connectsTo ?? {}).map(([key, connection]) => {
    const callee = callees[key];
    const { target } = callee === undefined ? connection : new Backend(callee.name, callee.args);
    return [key, { ...connection, target }] as const;
  });
  return { ...args, connectsTo: Object.fromEntries(connections) };
}
