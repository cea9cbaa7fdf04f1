import { Backend, LoadBalancerService, NodePortService } from "../../../components/index.ts";
import { type Manifest, renderManifests } from "../../../testing/index.ts";
import type { Given } from "./arbitraries/backend.ts";

const components = { Backend, LoadBalancerService, NodePortService };

/** The name of a component. */
export type ComponentName = keyof typeof components;

/** Renders one component in a program of its own, in which nothing else has a name. */
export function render(
  component: ComponentName,
  { args, name }: Given<object>,
): Promise<Manifest[]> {
  const program = () => {
    new components[component](name, args as never);
  };
  return renderManifests(program, { project: "shop-project", stack: "dev" });
}
