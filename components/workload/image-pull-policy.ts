/** When a node fetches the image. */
export const ImagePullPolicy = {
  /** At every start of a Pod; with a digest only the name is looked up. */
  Always: "Always",
  /** When the node does not have it. */
  IfNotPresent: "IfNotPresent",
  /** Never: it has to be on the node. */
  Never: "Never",
} as const;
/** When a node fetches the image. */
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];
