import type { Intent } from "../../intent.ts";
import type { Said } from "../../said.ts";
import { key } from "./keys.ts";

/** The annotations of the AWS cloud controller for access logs. */
export function accessLogAnnotations({
  accessLogsBucket,
  accessLogsPrefix,
}: Intent): Record<string, Said> {
  return accessLogsBucket === undefined
    ? {}
    : {
        [key("access-log-enabled")]: "true",
        [key("access-log-s3-bucket-name")]: accessLogsBucket,
        [key("access-log-s3-bucket-prefix")]: accessLogsPrefix,
      };
}
