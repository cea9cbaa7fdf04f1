/** When a node fetches the image. */
export const ImagePullPolicy = {
  /** At every start of a Pod; if the node has the image's digest, only the name is resolved. */
  Always: "Always",
  /** If the node does not have the image. */
  IfNotPresent: "IfNotPresent",
  /** Never: the image must be on the node. */
  Never: "Never",
} as const;
/** When a node fetches the image. */
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];
