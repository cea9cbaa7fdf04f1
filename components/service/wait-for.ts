/**
 * What `up` waits for before a Service counts as ready. By default the provider waits ten seconds after the last change
 * of the Service's endpoints, even if nothing is left to wait for; the Deployment waits for its Pods.
 * `pulumi.com/skipAwait` is no alternative: it also skips waiting for the deletion, which a replacement under the same
 * name needs.
 */
export const WAIT_FOR = "pulumi.com/waitFor";

/** Waits until the Service has its address inside the cluster. */
export const untilClusterIp = { [WAIT_FOR]: "jsonpath={.spec.clusterIP}" };

/** Waits until a controller has assigned the Service's address outside the cluster. */
export const untilAddressAssigned = { [WAIT_FOR]: "jsonpath={.status.loadBalancer.ingress[0]}" };
