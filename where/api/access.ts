import type { RequestOptions } from "node:https";

/** How to reach a cluster. */
export interface Access {
  /** The URL of the API server. */
  readonly server: string;
  /** The context's own namespace. */
  readonly namespace: string;
  /**
   * What a request has: certificates, tokens, the way through a proxy. Asked for each request, because some expire.
   *
   * @throws CannotTellError if a credential plugin fails
   */
  readonly credentials: () => Promise<RequestOptions>;
}
