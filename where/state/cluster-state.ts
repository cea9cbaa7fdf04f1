import type { FromShape } from "./shape.ts";
import type * as shapes from "./shapes.ts";

/** A Service. */
export type Service = FromShape<typeof shapes.SERVICE>;
/** An EndpointSlice. */
export type EndpointSlice = FromShape<typeof shapes.ENDPOINT_SLICE>;
/** A Pod. */
export type Pod = FromShape<typeof shapes.POD>;
/** A Node. */
export type Node = FromShape<typeof shapes.NODE>;
/** A Namespace. */
export type Namespace = FromShape<typeof shapes.NAMESPACE>;
/** An event of `v1`. */
export type Event = FromShape<typeof shapes.EVENT>;
/** A NetworkPolicy. */
export type NetworkPolicy = FromShape<typeof shapes.NETWORK_POLICY>;
/** A policy or mesh rule of another API, such as a CiliumNetworkPolicy. */
export type ForeignPolicy = FromShape<typeof shapes.FOREIGN_POLICY>;
/** A Deployment. */
export type Deployment = FromShape<typeof shapes.DEPLOYMENT>;
/** A ReplicaSet, a StatefulSet or a DaemonSet. */
export type Workload = FromShape<typeof shapes.WORKLOAD>;
/** A HorizontalPodAutoscaler. */
export type HorizontalPodAutoscaler = FromShape<typeof shapes.HORIZONTAL_POD_AUTOSCALER>;
/** An Ingress. */
export type Ingress = FromShape<typeof shapes.INGRESS>;
/** An IngressClass. */
export type IngressClass = FromShape<typeof shapes.INGRESS_CLASS>;
/** An HTTPRoute. */
export type HttpRoute = FromShape<typeof shapes.HTTP_ROUTE>;
/** A Gateway. */
export type Gateway = FromShape<typeof shapes.GATEWAY>;
/** A PersistentVolumeClaim. */
export type PersistentVolumeClaim = FromShape<typeof shapes.PERSISTENT_VOLUME_CLAIM>;
/** An IPAddressPool of MetalLB. */
export type IpAddressPool = FromShape<typeof shapes.IP_ADDRESS_POOL>;
/** An L2Advertisement or a BGPAdvertisement of MetalLB. */
export type Advertisement = FromShape<typeof shapes.ADVERTISEMENT>;

/**
 * The objects of a cluster, as its API server returned them: every field may be missing. A kind that is absent was not
 * read; an empty list was read and has no object.
 */
export interface ClusterObjects {
  /** Services of the namespace, or those of one name in every namespace. */
  readonly services?: readonly Service[];
  /** EndpointSlices, of `discovery.k8s.io/v1`. */
  readonly endpointSlices?: readonly EndpointSlice[];
  /** Pods. */
  readonly pods?: readonly Pod[];
  /** Nodes. */
  readonly nodes?: readonly Node[];
  /** Namespaces. */
  readonly namespaces?: readonly Namespace[];
  /** Events of `v1`. */
  readonly events?: readonly Event[];
  /** NetworkPolicies, of `networking.k8s.io/v1`. */
  readonly networkPolicies?: readonly NetworkPolicy[];
  /** Policies and mesh rules of other APIs; each has its `apiVersion` and `kind`. */
  readonly foreignPolicies?: readonly ForeignPolicy[];
  /** Deployments. */
  readonly deployments?: readonly Deployment[];
  /** ReplicaSets. */
  readonly replicaSets?: readonly Workload[];
  /** StatefulSets. */
  readonly statefulSets?: readonly Workload[];
  /** DaemonSets. */
  readonly daemonSets?: readonly Workload[];
  /** HorizontalPodAutoscalers, of `autoscaling/v2`. */
  readonly horizontalPodAutoscalers?: readonly HorizontalPodAutoscaler[];
  /** Ingresses. */
  readonly ingresses?: readonly Ingress[];
  /** IngressClasses. */
  readonly ingressClasses?: readonly IngressClass[];
  /** HTTPRoutes of the Gateway API. */
  readonly httpRoutes?: readonly HttpRoute[];
  /** Gateways of the Gateway API. */
  readonly gateways?: readonly Gateway[];
  /** PersistentVolumeClaims. */
  readonly persistentVolumeClaims?: readonly PersistentVolumeClaim[];
  /** IPAddressPools of MetalLB. */
  readonly ipAddressPools?: readonly IpAddressPool[];
  /** L2Advertisements and BGPAdvertisements of MetalLB. */
  readonly advertisements?: readonly Advertisement[];
}

/** A kind of objects, as the key of {@link ClusterObjects}. */
export type ObjectKind = keyof ClusterObjects;

/** Objects that could not be read. */
export interface NotSeen {
  /** The kind, as the key of {@link ClusterObjects}. */
  readonly kind: ObjectKind;
  /** The namespace that was asked; absent if every namespace was. */
  readonly namespace?: string | undefined;
  /** Why, in a few words: `forbidden`, `timed out` and so on. */
  readonly reason: string;
}

/** A Pod that calls. */
export interface CallerPod {
  /** Its namespace. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
}

/** Where calls come from. Exactly one field is set. */
export interface Caller {
  /** A Pod, with its namespace. */
  readonly pod?: CallerPod | undefined;
  /** Any Pod of a namespace. */
  readonly namespace?: string | undefined;
  /** An address outside of the cluster. */
  readonly ip?: string | undefined;
}

/** What somebody looks for. */
export interface Asked {
  /** `Service`, `Deployment`, `StatefulSet`, `DaemonSet`, `Pod` or `Ingress`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /**
   * The port that is called.
   *
   * @default - every port of the Service
   */
  readonly port?: number | undefined;
  /**
   * Where calls come from.
   *
   * @default - anywhere
   */
  readonly from?: Caller | undefined;
}

/** An object that was asked for by name and does not exist. */
export interface Missing {
  /** The kind, as the key of {@link ClusterObjects}. */
  readonly kind: ObjectKind;
  /** The namespace. */
  readonly namespace?: string | undefined;
  /** The name. */
  readonly name: string;
}

/** What a container wrote last, before it ended. */
export interface LogLine {
  /** The namespace of the Pod. */
  readonly namespace: string;
  /** The Pod. */
  readonly pod: string;
  /** The container. */
  readonly container: string;
  /** The line, without values that look like passwords. */
  readonly lastLine: string;
}

/** What was read from a cluster to answer one question. */
export interface ClusterState {
  /** The version of this format. */
  readonly schemaVersion: 1;
  /** When it was read, by the clock of the API server, in RFC 3339. */
  readonly recordedAt: string;
  /** The question. */
  readonly asked: Asked;
  /** The API groups that the server has; absent if they were not read. */
  readonly apiGroups?: readonly string[] | undefined;
  /** The objects. */
  readonly objects: ClusterObjects;
  /** What could not be read. */
  readonly notSeen: readonly NotSeen[];
  /** What was asked for by name and does not exist. */
  readonly missing?: readonly Missing[] | undefined;
  /** Last lines of logs, where they explain something. A recording has none. */
  readonly logs?: readonly LogLine[] | undefined;
}
