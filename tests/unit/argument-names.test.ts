import { describe, expect, test } from "vitest";
import { BACKEND_ARGUMENTS } from "../../components/backend/args.ts";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
} from "../../components/index.ts";
import { LOAD_BALANCER_ARGUMENTS } from "../../components/load-balancer/args.ts";
import { NODE_PORT_ARGUMENTS } from "../../components/node-port/args.ts";
import { renderManifests } from "../../testing/index.ts";

const backend = {
  namespace: "shop",
  image: "registry.example/web:1.4.2",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  entrances: [Entrance.LoadBalancer, Entrance.NodePort],
};
const cluster = {
  controller: LoadBalancerController.AwsLoadBalancerController,
  allowNodePort: true,
};
const ports = [{ port: 80, targetPort: "http" }];

/** Each component with some more arguments, which a program has that is not type-checked or that spreads an object of its own. */
const COMPONENTS = {
  Backend: (more: object) => new Backend("web", { ...backend, ...more }),
  NodePortService: (more: object) => {
    const { target } = new Backend("web", backend);
    return new NodePortService("dev", { cluster, target, ports, ...more });
  },
  LoadBalancerService: (more: object) => {
    const { target } = new Backend("web", backend);
    const exposure = Exposure.Internal;
    return new LoadBalancerService("front", { cluster, target, exposure, ports, ...more });
  },
};
type ComponentName = keyof typeof COMPONENTS;

const NAMES = {
  Backend: BACKEND_ARGUMENTS,
  NodePortService: NODE_PORT_ARGUMENTS,
  LoadBalancerService: LOAD_BALANCER_ARGUMENTS,
};

async function refusalOf(component: ComponentName, more: object): Promise<string> {
  const program = () => {
    COMPONENTS[component](more);
  };
  const failure = await renderManifests(program, { project: "shop", stack: "dev" }).catch(
    (error: unknown) => error,
  );
  return failure instanceof Error ? failure.message : "not refused";
}

describe.each(Object.keys(COMPONENTS) as ComponentName[])("%s", (component) => {
  test("refuses every misspelt argument, and names the right one", async () => {
    const longer = Object.keys(NAMES[component]).filter((name) => name.length > 4);

    for (const name of longer) {
      const refusal = await refusalOf(component, { [`${name}x`]: "s3cret" });

      expect(refusal).toContain(
        `args.${name}x is refused, must not be set: there is no such argument`,
      );
      expect(refusal).toMatch(new RegExp(`did you mean .*\\b${name}\\b`));
      expect(refusal).not.toContain("s3cret");
    }
  });

  test("refuses an argument that is like none, also by the name of what every object has", async () => {
    for (const name of ["zzz", "toString"]) {
      const refusal = await refusalOf(component, { [name]: 1 });

      expect(refusal).toContain(
        `args.${name} is refused, must not be set: there is no such argument`,
      );
    }
  });

  test("refuses an argument that ends like others, and names them", async () => {
    const refusal = await refusalOf(component, { xWithinSeconds: 1 });
    const ending = Object.keys(NAMES[component]).filter((name) => name.endsWith("WithinSeconds"));

    expect(refusal).toContain(
      `args.xWithinSeconds is refused, must not be set: there is no such argument; did you mean ${ending.join(" or ")}?`,
    );
  });

  test("takes an unknown argument that is undefined, and nothing else besides its own", async () => {
    expect(await refusalOf(component, { sourceRange: undefined })).toBe("not refused");
  });
});

describe("target", () => {
  test.each(["NodePortService", "LoadBalancerService"] as const)(
    "%s: says what to give when a Backend is given in place of its target",
    async (component) => {
      const program = () => {
        COMPONENTS[component]({ target: new Backend("other", backend) });
      };

      await expect(renderManifests(program, { project: "shop", stack: "dev" })).rejects.toThrow(
        /: args\.target is an object, must be a target: give the `target` of this Backend, as in `target: web\.target`$/,
      );
    },
  );
});
