import { AWS_PREFIX } from "../../contract/voiding.ts";

/** The key of an annotation that AWS's controllers read. */
export const key = (name: string): string => `${AWS_PREFIX}${name}`;
