/** What the keys of annotations begin with that AWS's controllers read. */
const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

/** The key of an annotation that AWS's controllers read. */
export const key = (name: string): string => `${PREFIX}${name}`;
