export { AccessLogBucket } from "./access-log-bucket.ts";
export type { AccessLogBucketArgs } from "./access-log-bucket-args.ts";
export { DnsRecords } from "./dns-records.ts";
export { type DnsRecordsArgs, RecordTarget } from "./dns-records-args.ts";
export { ElasticIps } from "./elastic-ips.ts";
export type { ElasticIpsArgs } from "./elastic-ips-args.ts";
export type { HostedZoneArgs } from "./hosted-zone-args.ts";
export { LoadBalancerSecurityGroup } from "./load-balancer-security-group.ts";
export type {
  LoadBalancerSecurityGroupArgs,
  OpenPortArgs,
} from "./load-balancer-security-group-args.ts";
export { LogWriter } from "./log-delivery.ts";
export type { RegionalArgs } from "./regional-args.ts";
export { ValidatedCertificate } from "./validated-certificate.ts";
export { KeyAlgorithm, type ValidatedCertificateArgs } from "./validated-certificate-args.ts";
