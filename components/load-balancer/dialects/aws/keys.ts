/** What the keys of annotations begin with that AWS's controllers read. */
const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

/** The key of an annotation that AWS's controllers read. */
export const key = (name: string): string => `${PREFIX}${name}`;

/** The annotation that some controllers read where the Service has no source ranges of its own. */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
