/**
 * Why an object that was read cannot be the provider's: it has another uid, so our kubeconfig leads to another cluster.
 * Undefined if it is the same object.
 *
 * @param kind - the object's kind
 * @param uid - the uid that Pulumi's provider knows
 * @param found - the uid that was read
 * @param place - the object as the message names it
 */
export function otherClusterText(
  kind: string,
  uid: string,
  found: string | undefined,
  place = "it",
): string | undefined {
  return found === uid
    ? undefined
    : `its ${kind} has the uid ${uid}, but where the kubeconfig leads ${place} has ${found}, must be the same cluster; give ` +
        "the component a provider of its own";
}
