/** A workload and what its Pods are known by. */
export interface Workload {
  /** Value of the label `app`. */
  readonly app: string;
  /** Name of its Deployment. */
  readonly deployment: string;
}

/** The objects that the tour walks through. */
export interface Example {
  readonly namespace: string;
  readonly backend: Workload;
  readonly frontend: Workload;
  /** The Service for inside, of type ClusterIP. */
  readonly insideService: string;
  /** The Service for development, of type NodePort. */
  readonly devService: string;
  /** The Service for outside, of type LoadBalancer. */
  readonly frontService: string;
}

/** What the dev stack deploys. */
export const devExample: Example = {
  namespace: "shop",
  backend: { app: "my-backend", deployment: "my-backend" },
  frontend: { app: "my-frontend", deployment: "my-frontend" },
  insideService: "my-backend-service",
  devService: "my-dev-service",
  frontService: "my-production-service",
};

/** Where the containers of both workloads listen. */
export const CONTAINER_PORT = 8080;
/** The port of all three Services. */
export const SERVICE_PORT = 80;
