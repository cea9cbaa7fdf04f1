import type { AnnotationValue } from "../../contract/annotation-value.ts";
import type { Intent } from "../../contract/intent.ts";
import { key } from "./keys.ts";

/** The annotations of the AWS cloud controller for access logs. */
export function accessLogAnnotations({
  accessLogsBucket,
  accessLogsPrefix,
}: Intent): Record<string, AnnotationValue> {
  return accessLogsBucket === undefined
    ? {}
    : {
        [key("access-log-enabled")]: "true",
        [key("access-log-s3-bucket-name")]: accessLogsBucket,
        [key("access-log-s3-bucket-prefix")]: accessLogsPrefix,
      };
}
