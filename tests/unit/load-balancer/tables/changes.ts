import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";
import { type Asked, fixedPorts } from "./table.ts";

/**
 * What comes of a change once there is a load balancer: its controller carries it out, another load balancer takes its
 * place, or it is refused, since the cloud would keep what was. "invalid" if the option has to be there.
 */
export type Carried = "in place" | "replaced" | "refused" | "invalid";

/** What comes of changes of an option. */
export interface Change {
  /** Two of its values; of a list, the same items in another order where there is none. */
  readonly values: readonly [unknown, unknown];
  /** What is asked beside it. */
  readonly beside?: Asked;
  readonly added: Carried;
  readonly changed: Carried;
  readonly removed: Carried;
}

export type Changes = { readonly [Name in OptionName]?: Change };

type Values = Change["values"];

/** The controller carries out every change. */
export const inPlace = (values: Values, beside: Asked = {}): Change => ({
  values,
  beside,
  added: "in place",
  changed: "in place",
  removed: "in place",
});
/** Every change makes another load balancer. */
export const replaced = (values: Values, beside: Asked = {}): Change => ({
  values,
  beside,
  added: "replaced",
  changed: "replaced",
  removed: "replaced",
});
/** It can be stated and changed, and then has to stay stated. */
export const stays = (values: Values, beside: Asked = {}): Change => ({
  ...inPlace(values, beside),
  removed: "refused",
});
/** The first and the last one make another load balancer. */
export const firstAndLast = (values: Values, beside: Asked = {}): Change => ({
  ...replaced(values, beside),
  changed: "in place",
});

const http = { healthCheckProtocol: "Http" };

/** The port of health checks, where the controller carries out every change. */
export const healthCheckPort = inPlace(["http", "https"], { ports: fixedPorts });

/** Every option of health checks, where the controller carries out every change. */
export const healthChecks = {
  healthCheckProtocol: inPlace(["Http", "Https"]),
  healthCheckPath: inPlace(["/readyz", "/healthz"], http),
  healthCheckIntervalSeconds: inPlace([15, 20]),
  healthCheckTimeoutSeconds: inPlace([4, 5]),
  healthCheckHealthyThreshold: inPlace([3, 4]),
  healthCheckUnhealthyThreshold: inPlace([3, 4]),
} satisfies Changes;

/** How an update is refused that leaves out what the cloud would keep. */
export const MUST_STAY =
  "must be set: the cloud would otherwise keep the value of the last update; set the value that it should have";
