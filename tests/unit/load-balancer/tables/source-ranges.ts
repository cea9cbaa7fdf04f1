import type { Attempt } from "./strangers.ts";
import type { Asked } from "./table.ts";

/** Ranges by name: of one family or both, of an office or everybody. */
export const ranges = {
  office4: ["198.51.100.0/24"],
  office6: ["2001:db8:1::/48"],
  office: ["198.51.100.0/24", "2001:db8:1::/48"],
  all4: ["0.0.0.0/0"],
  all6: ["::/0"],
  all: ["0.0.0.0/0", "::/0"],
} as const;

/** What is said of families of addresses, by name. */
export const families = {
  nothing: {},
  IPv4: { ipFamilies: ["IPv4"] },
  IPv6: { ipFamilies: ["IPv6"] },
  single: { ipFamilyPolicy: "SingleStack" },
  preferred: { ipFamilyPolicy: "PreferDualStack" },
  required: { ipFamilyPolicy: "RequireDualStack" },
} satisfies Record<string, Asked>;

export type Ranges = keyof typeof ranges;
export type Families = keyof typeof families;

/** The ranges that are taken, by what is said of families. Those that are not listed are refused. */
export type Taken = Readonly<Record<Families, readonly Ranges[]>>;

/** What becomes of source ranges with one controller, by hand from its documents. */
export interface RangeRules {
  /** Where it is written. */
  readonly sources: readonly string[];
  /** What it has to be asked for anything at all, if that is something else here. */
  readonly asked?: Asked;
  readonly taken: { readonly Public: Taken; readonly Internal: Taken };
  /** What is asked beside them and leaves them without effect. All else that it can be asked leaves them as they are. */
  readonly weakened: readonly { readonly asked: Asked; readonly why: string }[];
  /** Annotations that leave them without effect, or would add to them. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether it sends traffic to ports of nodes: always, never, or where this is asked. */
  readonly nodePorts: "always" | "never" | Asked;
  /** The families of a load balancer's addresses, by its annotations. Absent if they are the Service's. */
  readonly balancerFamilies?: (annotations: Attempt["annotations"]) => readonly string[];
  /** Whether a connection gets in. Absent if kube-proxy decides it. */
  readonly letsIn?: (attempt: Attempt) => boolean;
}

/** The same, with what stands elsewhere in the controller's table. */
export interface RangeTable extends RangeRules {
  readonly controller: string;
  /** What lets in the ranges alone. */
  readonly by: string;
  readonly asked: Asked;
}

const of4: readonly Ranges[] = ["office4", "all4"];
const of6: readonly Ranges[] = ["office6", "all6"];
const ofBoth: readonly Ranges[] = ["office", "all"];

/** A load balancer has the families of its Service, which is of IPv4 where nobody says. */
export const asTheService: Taken = {
  nothing: of4,
  IPv4: of4,
  IPv6: of6,
  single: of4,
  preferred: ofBoth,
  required: ofBoth,
};
/** A load balancer has IPv4 addresses alone, and two families cannot be asked. */
export const ipv4Alone: Taken = {
  nothing: of4,
  IPv4: of4,
  IPv6: of4,
  single: of4,
  preferred: [],
  required: [],
};
/** A load balancer has addresses of IPv4, or of both. */
export const ipv4OrBoth: Taken = { ...ipv4Alone, preferred: ofBoth, required: ofBoth };

/** The same for public and internal load balancers. */
export const everywhere = (taken: Taken) => ({ Public: taken, Internal: taken });

/** The annotation that Kubernetes once had for source ranges. */
export const RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

export const KUBE_PROXY =
  "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/proxy/serviceport.go (a family without a range is open)";
