import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import * as aws from "../../components/aws/index.ts";
import * as library from "../../components/index.ts";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
} from "../../components/index.ts";
import type { Shape } from "../../components/validation/argument-names.ts";
import { renderManifests } from "../../testing/index.ts";
import { COMPONENT_ARGS, shapesModules, shapesOf } from "./support/argument-shapes.ts";
import { interfacesIn } from "./support/interfaces.ts";

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
const COMPONENTS: Record<keyof typeof COMPONENT_ARGS, (more: object) => unknown> = {
  Backend: (more) => new Backend("web", { ...backend, ...more }),
  NodePortService: (more) => {
    const { target } = new Backend("web", backend);
    return new NodePortService("dev", { cluster, target, ports, ...more });
  },
  LoadBalancerService: (more) => {
    const { target } = new Backend("web", backend);
    const exposure = Exposure.Internal;
    return new LoadBalancerService("front", { cluster, target, exposure, ports, ...more });
  },
  AccessLogBucket: (more) => new aws.AccessLogBucket("logs", more),
  DnsRecords: (more) => new aws.DnsRecords("shop", more as never),
  ElasticIps: (more) => new aws.ElasticIps("shop", more as never),
  LoadBalancerSecurityGroup: (more) => new aws.LoadBalancerSecurityGroup("shop", more as never),
  ValidatedCertificate: (more) => new aws.ValidatedCertificate("shop", more as never),
};
type ComponentName = keyof typeof COMPONENTS;
const KUBERNETES = ["Backend", "NodePortService", "LoadBalancerService"] as const;

async function refusalOf(component: ComponentName, more: object): Promise<string> {
  const program = () => {
    COMPONENTS[component](more);
  };
  const failure = await renderManifests(program, { project: "shop", stack: "dev" }).catch(
    (error: unknown) => error,
  );
  return failure instanceof Error ? failure.message : "not refused";
}

/** A place in a component's arguments where an object stands: how to put one there, and how an error calls it. */
interface Place {
  readonly component: ComponentName;
  readonly path: string;
  readonly shape: Shape;
  readonly put: (object: object) => object;
}

const interfaces = interfacesIn(join(import.meta.dirname, "../../components"));
const shapes = shapesOf(interfaces);

/** Every place of a component's arguments, at every depth. */
function placesOf(component: ComponentName): Place[] {
  const below = (place: Place): Place[] => [
    place,
    ...Object.entries(place.shape).flatMap(([name, shape]) => {
      if (shape === "") return [];
      const type = typeOf(place.shape, name);
      const wrap = type.startsWith("Record<")
        ? { at: ".KEY", of: (it: object) => ({ KEY: it }) }
        : type.includes("[]")
          ? { at: "[0]", of: (it: object) => [it] }
          : { at: "", of: (it: object) => it };
      return below({
        component,
        path: `${place.path}.${name}${wrap.at}`,
        shape: shapes[shape.replace("{}", "")] ?? {},
        put: (object) => place.put({ [name]: wrap.of(object) }),
      });
    }),
  ];
  const shape = shapes[COMPONENT_ARGS[component]] ?? {};
  return below({ component, path: "args", shape, put: (object) => object });
}

/** The type of a field in TypeScript. */
function typeOf(shape: Shape, field: string): string {
  const [name = ""] = Object.entries(shapes).find(([, it]) => it === shape) ?? [];
  return interfaces.get(name)?.find((it) => it.name === field)?.type ?? "";
}

const names = Object.keys(COMPONENTS) as ComponentName[];
const places = names.flatMap(placesOf);

describe("the names of arguments", () => {
  test("are those of the interfaces", async () => {
    for (const [file, text] of Object.entries(shapesModules(shapes))) {
      await expect(text).toMatchFileSnapshot(`../../components/validation/${file}`);
    }
  });

  test("are judged of every component that the package exports", () => {
    const classes = Object.values({ ...library, ...aws }).filter(
      (it) => typeof it === "function" && it.prototype instanceof pulumi.ComponentResource,
    );

    expect(classes.map((it) => (it as { name: string }).name).sort()).toEqual(names.sort());
  });

  test("reach every interface of arguments, at every depth", async ({ annotate }) => {
    const reached = new Set(places.map(({ shape }) => shape));
    const all = places.reduce((sum, { shape }) => sum + Object.keys(shape).length, 0);

    expect(reached.size).toBe(Object.keys(shapes).length);
    await annotate(
      `Unknown arguments: ${all} names, each misspelt, in ${places.length} places of ${reached.size} interfaces of ${names.length} components`,
      "figure",
    );
    expect(places.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "args.initContainers[0].readinessProbe.httpGet",
        "args.connectsTo.KEY.target.ports[0]",
        "args.cluster.nodePortRange",
      ]),
    );
  });
});

describe.each(places)("$component: $path", ({ component, path, put, shape }) => {
  test("refuses every misspelt name, and names the right one, without the value", async () => {
    const misspelt = Object.keys(shape).map((name) => [`${name}x`, name] as const);
    const given = Object.fromEntries(misspelt.map(([wrong]) => [wrong, "s3cret"]));

    const refusal = await refusalOf(component, put(given));

    for (const [wrong, name] of misspelt) {
      const line = refusal.split("\n").find((it) => it.includes(`${path}.${wrong} `)) ?? refusal;
      expect(line).toContain(
        "is refused, must not be set: there is no such argument; did you mean",
      );
      expect(line).toMatch(new RegExp(`\\b${name}\\b`));
    }
    expect(refusal).not.toContain("s3cret");
  });

  test("says nothing of its own names", async () => {
    const given = Object.fromEntries(Object.keys(shape).map((name) => [name, null]));

    expect(await refusalOf(component, put(given))).not.toContain("no such argument");
  });
});

describe.each(KUBERNETES)("%s", (component) => {
  test("refuses an argument that is like none, also by the name of what every object has", async () => {
    for (const name of ["zzz", "toString", "constructor"]) {
      const refusal = await refusalOf(component, { [name]: 1 });

      expect(refusal).toContain(
        `args.${name} is refused, must not be set: there is no such argument`,
      );
      expect(refusal).not.toContain("did you mean");
    }
  });

  test("refuses an argument that ends like others, and names them", async () => {
    const refusal = await refusalOf(component, { xWithinSeconds: 1 });
    const names = Object.keys(shapes[COMPONENT_ARGS[component]] ?? {});
    const ending = names.filter((name) => name.endsWith("WithinSeconds"));

    expect(refusal).toContain(
      `args.xWithinSeconds is refused, must not be set: there is no such argument; did you mean ${ending.join(" or ")}?`,
    );
  });

  test("fails with the path of an argument that contains itself", async () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);

    expect(await refusalOf(component, { patches: cyclic, adopt: cyclic })).toContain("args.adopt");
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
