import { applications } from "../../../shared/applications/index.ts";

/** The namespaces of the program. */
export const [APPLICATIONS, NEEDS] = ["applications", "needs"] as const;

/** Where somebody answers outside of the cluster, and the name that a file of the Pods gives him. */
export const OUTSIDE_PORT = 18_081;
export const NAME_IN_A_FILE = "outside.example";

const RUNNING = [
  ...["redis", "postgres", "keycloak", "grafana", "nginx", "spring", "app-behind-oauth2-proxy"],
  ...["celery-worker", "sidekiq", "blackbox-exporter"],
];

/** The applications that really run. */
export const running = applications.filter(({ name }) => RUNNING.includes(name));
