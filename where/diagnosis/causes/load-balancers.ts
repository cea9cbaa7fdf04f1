import { Link } from "../diagnosis.ts";
import type { Rule } from "../rule.ts";
import { eventsOf, since, type View } from "../view.ts";
import { brief, refOf, span } from "../words.ts";
import { controllerOfClass } from "./controllers.ts";

/** How long a controller may take before its silence means something; clouds answer the first event within seconds. */
const SILENCE = 60_000;
/** How long a controller that works may take: the slowest clouds need some minutes. */
const PATIENCE = 600_000;

const CLEANUP = /load-balancer-cleanup$|\/resources$|loadbalancer|metallb/i;
// Also nodes' events appear with a Service's uid, for example that the hosts of its load balancer changed.
const GOOD =
  /^(EnsuringLoadBalancer|EnsuredLoadBalancer|UpdatedLoadBalancer|IPAllocated|nodeAssigned)$/;
const EXHAUSTED =
  /quota|limit ?exceeded|exceed.*limit|no available (ip|address)|no free|exhaust|address.*(pool|range).*(full|empty)|insufficient.*address/i;
const CLASH = /sharing key|already (allocated|in use|used)|in use by|conflict/i;

/** Whether a Service of type LoadBalancer has no address yet. */
export const isPending = ({ service, type }: View): boolean =>
  type === "LoadBalancer" &&
  service?.metadata?.deletionTimestamp === undefined &&
  (service?.status?.loadBalancer?.ingress ?? []).length === 0;

const uidOf = ({ service }: View): string | undefined => service?.metadata?.uid;

/** The last error of a controller; undefined if something went well after it. */
function lastError(view: View): string | undefined {
  const [event] = eventsOf(view, uidOf(view)).filter(
    ({ reason = "", type }) => type === "Warning" || GOOD.test(reason),
  );
  return event?.type === "Warning" ? (event.message ?? event.reason) : undefined;
}

const waited = (view: View): number | undefined =>
  since(view, view.service?.metadata?.creationTimestamp);

const isTouched = (view: View): boolean =>
  eventsOf(view, uidOf(view)).length > 0 ||
  (view.service?.metadata?.finalizers ?? []).some((it) => CLEANUP.test(it));

const isSilent = (view: View): boolean =>
  isPending(view) &&
  view.saw("events") &&
  !isTouched(view) &&
  (waited(view) ?? PATIENCE) >= SILENCE;

const classOf = ({ service }: View): string | undefined => service?.spec?.loadBalancerClass;

function errorRule(
  of: Pick<Rule, "cause" | "means" | "remedy">,
  is: (message: string) => boolean,
): Rule {
  return {
    ...of,
    link: Link.LoadBalancer,
    evidence:
      "Warning events with the Service's uid, newer than any success; `status.loadBalancer` is empty",
    find: (view) => {
      const message = isPending(view) ? lastError(view) : undefined;
      if (message === undefined || !is(message)) return undefined;
      return {
        sentence: `The load balancer is pending; its controller reports: ${brief(message)}`,
        fix: of.remedy.replaceAll("`", "").replace(/\.$/, ""),
        about: [refOf("Service", view.service)],
      };
    },
  };
}

/** Why a load balancer has no address. */
export const pendingRules: readonly Rule[] = [
  errorRule(
    {
      cause: "load-balancer-quota",
      means:
        "The controller cannot get an address: a quota is used up or its address pool is empty.",
      remedy: "Free an address, or raise the quota or the pool that the message names.",
    },
    (message) => EXHAUSTED.test(message) && !CLASH.test(message),
  ),
  errorRule(
    {
      cause: "load-balancer-address-clash",
      means: "The address that the Service asks for belongs to another Service.",
      remedy:
        "Ask for another address, or give both Services the same sharing key and different ports.",
    },
    (message) => CLASH.test(message),
  ),
  errorRule(
    {
      cause: "load-balancer-controller-error",
      means: "A controller tries to make the load balancer and fails.",
      remedy: "Correct what the message names; the controller tries again by itself.",
    },
    (message) => !EXHAUSTED.test(message) && !CLASH.test(message),
  ),
  {
    cause: "load-balancer-no-controller",
    link: Link.LoadBalancer,
    means:
      "No controller has touched the Service: it has no event and no finalizer, and no address.",
    evidence:
      "`status.loadBalancer`, `metadata.finalizers` and `spec.loadBalancerClass` of the Service; its events",
    remedy: "Install a controller for the class, or use the class of one that runs here.",
    find: (view) => {
      if (!isSilent(view)) return undefined;
      const name = classOf(view);
      const known = name === undefined ? undefined : controllerOfClass(name)?.name;
      const who = name === undefined ? "for Services without a class" : `for class ${name}`;
      return {
        sentence: `The load balancer has been pending for ${span(waited(view))}: no controller works ${who}, and no event tells of one`,
        fix: `Install ${known ?? "a load balancer controller"}, or recreate the Service with the loadBalancerClass of a controller that runs here`,
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "load-balancer-pending",
    link: Link.LoadBalancer,
    means:
      "The load balancer has no address yet, and no error tells why: it may still be in the making.",
    evidence: "`status.loadBalancer` of the Service",
    remedy: "Wait some minutes; then read the controller's own log.",
    find: (view) => {
      if (!isPending(view) || isSilent(view) || lastError(view) !== undefined) return undefined;
      const young = (waited(view) ?? PATIENCE) < PATIENCE;
      return {
        sentence: `The load balancer has had no address for ${span(waited(view))}, and no error is reported`,
        fix: young
          ? "Wait; clouds need some minutes"
          : "Read the log of the load balancer controller",
        about: [refOf("Service", view.service)],
      };
    },
  },
];
