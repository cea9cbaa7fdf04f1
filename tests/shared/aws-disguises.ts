import { gzipSync } from "node:zlib";
import type { AwsAttempt } from "./aws-attempts.ts";

const FORM = "application/x-www-form-urlencoded";
/** The address range of a network that nothing but these requests makes. */
export const DISGUISED_CIDR = "10.66.0.0/16";
const create = `Action=CreateVpc&Version=2016-11-15&CidrBlock=${DISGUISED_CIDR}`;
const look = "Action=DescribeVpcs&Version=2016-11-15";

type Of = Partial<AwsAttempt["request"]> & Omit<AwsAttempt, "name" | "request">;

function attempt(name: string, { bent, lines, ...request }: Of = {}): AwsAttempt {
  const form = { service: "ec2", method: "POST", target: "/", headers: { "content-type": FORM } };
  const of = { ...form, body: create, ...request };
  return { name, request: of, ...(lines && { lines }), ...(bent && { bent }) };
}

const withoutBody = { method: "GET", headers: {}, body: "" };
const json = (action: string) => ({
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": `CertificateManager.${action}`,
});
const replaced = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
const multipart = `--x\r\nContent-Disposition: form-data; name="Action"\r\n\r\nCreateVpc\r\n--x\r\nContent-Disposition: form-data; name="CidrBlock"\r\n\r\n${DISGUISED_CIDR}\r\n--x--\r\n`;
const certificate = JSON.stringify({ DomainName: "disguised.example", ValidationMethod: "DNS" });
const zone =
  '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>disguised.example</Name><CallerReference>x</CallerReference></CreateHostedZoneRequest>';
const balancing = (parameters: string) => ({
  service: "elasticloadbalancing",
  body: `Version=2015-12-01&${parameters}`,
});

/** A change in the form in which AWS documents it: with the owner's key it is carried out. */
export const honestChange: AwsAttempt = attempt("the change as it is");

/** Reading in the form in which AWS documents it: it needs a key, of which that of a reader is enough. */
export const honestRead: AwsAttempt = attempt("reading as it is", { body: look });

/** Changes, each made to look like something else, like another service's or like nothing. */
export const disguises: readonly AwsAttempt[] = [
  honestChange,
  attempt("a form under the header of a reading action", {
    headers: { "content-type": FORM, "x-amz-target": "x.DescribeVpcs" },
  }),
  attempt("an unsigned header of a reading action", { lines: ["X-Amz-Target: x.DescribeVpcs"] }),
  attempt("an encoded name of the action, and a reading one", {
    body: `%41ction=CreateVpc&${look}&CidrBlock=${DISGUISED_CIDR}`,
  }),
  attempt("an encoded action", { body: create.replace("CreateVpc", "%43reate%56pc") }),
  attempt("a reading action, then a changing one", { body: `Action=DescribeVpcs&${create}` }),
  attempt("a changing action, then a reading one", { body: `${create}&Action=DescribeVpcs` }),
  attempt("a reading query over a changing form", { target: `/?${look}` }),
  attempt("a changing query over a reading form", { target: `/?${create}`, body: look }),
  attempt("a changing query", { ...withoutBody, target: `/?${create}` }),
  attempt("a changing query in a form's request", { target: `/?${create}`, body: "" }),
  attempt("a form in a GET", { method: "GET" }),
  attempt("a form in a PUT", { method: "PUT" }),
  attempt("a form in a HEAD", { method: "HEAD" }),
  attempt("a form in a method of another case", { method: "post" }),
  attempt("a form in a method of nobody", { method: "FETCH" }),
  attempt("an overridden method", { method: "GET", lines: ["X-HTTP-Method-Override: POST"] }),
  attempt("a form of parts", {
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: multipart,
  }),
  attempt("a form that says it is plain text", { headers: { "content-type": "text/plain" } }),
  attempt("a form that says it is JSON", { headers: { "content-type": "application/json" } }),
  attempt("a form that says nothing", { headers: {} }),
  attempt("a form whose type is written in capitals", {
    headers: { "content-type": FORM.toUpperCase() },
  }),
  attempt("a compressed form", {
    headers: { "content-type": FORM, "content-encoding": "gzip" },
    body: gzipSync(create).toString("latin1"),
  }),
  attempt("a form in pieces", {
    lines: ["Transfer-Encoding: chunked"],
    bent: (text) =>
      text.replace(/Content-Length: \d+\r\n/, "").replace(create, () => chunked(create)),
  }),
  attempt("a form in pieces, with a length", { lines: ["Transfer-Encoding: chunked"] }),
  attempt("a form in pieces of AWS's own", {
    headers: { "content-type": FORM, "content-encoding": "aws-chunked" },
    body: chunked(create),
  }),
  attempt("two lengths", { lines: ["Content-Length: 0"] }),
  attempt("a length with a sign", { bent: replaced("Content-Length: ", "Content-Length: +") }),
  attempt("a length that is none", {
    bent: replaced(/Content-Length: \d+/, "Content-Length: all"),
  }),
  attempt("no length", { bent: replaced(/Content-Length: \d+\r\n/, "") }),
  attempt("more than its length", {
    body: look,
    bent: (text) => `${text}POST /?${create} HTTP/1.1\r\nHost: x\r\n\r\n`,
  }),
  attempt("an action in small letters", { body: create.replace("CreateVpc", "createvpc") }),
  attempt("an action that begins small", { body: create.replace("CreateVpc", "createVpc") }),
  attempt("an action by its method's name", { body: create.replace("CreateVpc", "create_vpc") }),
  attempt("an action with a blank", { body: create.replace("CreateVpc", "Create+Vpc") }),
  attempt("an action with a line's end", { body: create.replace("CreateVpc", "CreateVpc%0A") }),
  attempt("a method of moto that is no action", { body: "Action=CallAction&Version=2016-11-15" }),
  attempt("an action in a header", {
    ...withoutBody,
    method: "POST",
    lines: ["Action: CreateVpc"],
  }),
  attempt("an action behind another one in a header", {
    lines: ["X-Amz-Target: CreateVpc", "X-Amz-Target: x.DescribeVpcs"],
  }),
  attempt("an action between the lines of JSON", {
    service: "acm",
    headers: json("ListCertificates"),
    body: JSON.stringify({ "&Action=RequestCertificate&DomainName=disguised.example&": 1 }),
  }),
  attempt("JSON", { service: "acm", headers: json("RequestCertificate"), body: certificate }),
  attempt("a zone", {
    service: "route53",
    target: "/2013-04-01/hostedzone",
    headers: { "content-type": "text/xml" },
    body: zone,
  }),
  attempt("a bucket", {
    service: "s3",
    method: "PUT",
    target: "/disguised",
    headers: {},
    body: "",
  }),
  attempt("a bucket under the service of machines", { method: "PUT", target: "/disguised" }),
  attempt("a bucket in the name of the host", {
    service: "s3",
    method: "PUT",
    bent: replaced("Host: ", "Host: disguised.s3."),
  }),
  attempt("an object by a form", {
    service: "s3",
    target: "/disguised",
    body: "key=disguised&file=x",
  }),
  attempt("a load balancer", balancing("Action=CreateLoadBalancer&Name=disguised&Type=network")),
  attempt("a load balancer of two versions", {
    ...balancing("Action=CreateLoadBalancer&LoadBalancerName=disguised"),
    target: "/?Version=2012-06-01",
  }),
  attempt("a user", { service: "iam", body: "Action=CreateUser&UserName=disguised" }),
  attempt("a queue", { service: "sqs", body: "Action=CreateQueue&QueueName=disguised" }),
  attempt("a session", {
    service: "sts",
    body: "Action=AssumeRole&RoleArn=arn:aws:iam::1:role/x&RoleSessionName=disguised",
  }),
  attempt("a session that AWS gives without a key", {
    service: "sts",
    body: "Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::1:role/x&RoleSessionName=x&WebIdentityToken=x",
  }),
  attempt("moto's own reset", { target: "/moto-api/reset" }),
  attempt("moto's own reset as reading", { target: `/moto-api/reset?${look}`, body: "" }),
  attempt("moto's own reset by another path", { target: "//moto-api/reset" }),
  attempt("moto's own reset by an encoded path", { target: "/%6doto-api/reset" }),
  attempt("moto's own reset by a path with dots", { target: "/x/../moto-api/reset" }),
  attempt("moto's own reset by a whole address", { target: "http://localhost/moto-api/reset" }),
  attempt("moto's own recorder", { target: "/moto-api/recorder/start-recording" }),
  attempt("moto's own seed", { target: "/moto-api/seed?a=1" }),
  attempt("a path that names the service", { target: "/ec2_us-east-1/" }),
  attempt("a path behind that of health", { target: `/_health?${create}` }),
  attempt("the path of health", { target: "/_health" }),
  attempt("the host of AWS", { bent: replaced(/Host: .*/, "Host: ec2.us-east-1.amazonaws.com") }),
  attempt("a host of a name of its own", { bent: replaced(/Host: .*/, "Host: rebound.example") }),
  attempt("another port in the host", { bent: replaced(/(Host: .*):\d+/, "$1:80") }),
  attempt("two hosts", { lines: ["Host: ec2.us-east-1.amazonaws.com"] }),
  attempt("no host", { bent: replaced(/Host: .*\r\n/, "") }),
  attempt("a forwarded host", { lines: ["X-Forwarded-Host: ec2.us-east-1.amazonaws.com"] }),
  attempt("another account", { lines: ["X-Moto-Account-Id: 000000000000"] }),
  attempt("a web page", { lines: ["Origin: http://rebound.example"] }),
  attempt("a web page of this server", { lines: ["Origin: null"] }),
  attempt("a web page's question before", {
    method: "OPTIONS",
    lines: [
      "Origin: http://rebound.example",
      "Access-Control-Request-Method: POST",
      "Access-Control-Request-Headers: authorization",
    ],
  }),
  attempt("two authorizations", { lines: ["Authorization: AWS AKIAIOSFODNN7EXAMPLE:c2lnbmVk"] }),
  attempt("a signature in the query", {
    target: `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101%2Fus-east-1%2Fec2%2Faws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=${"0".repeat(64)}`,
  }),
  attempt("a key in the form", { body: `${create}&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE` }),
  attempt("a header on two lines", { lines: ["X-Note: a", " Authorization: b"] }),
  attempt("a header with a blank before its colon", { lines: ["X-Amz-Target : x.DescribeVpcs"] }),
  attempt("a header with an underscore", { lines: ["X_Amz_Target: x.DescribeVpcs"] }),
  attempt("a header with a NUL", { lines: ["X-Note: \0"] }),
  attempt("a line that is no header", { lines: ["CreateVpc"] }),
  attempt("a hundred headers too many", {
    lines: Array.from({ length: 200 }, (_, index) => `X-Note-${index}: x`),
  }),
  attempt("lines that end with a line feed", { bent: (text) => text.replaceAll("\r\n", "\n") }),
  attempt("a version of HTTP before the first", { bent: replaced(/ HTTP.*/s, "\r\n") }),
  attempt("a version of HTTP to come", { bent: replaced("HTTP/1.1", "HTTP/2.0") }),
  attempt("the older version of HTTP", { bent: replaced("HTTP/1.1", "HTTP/1.0") }),
  attempt("no request at all", { bent: () => "\x16\x03\x01\0\x05hello" }),
  attempt("a target with a blank", { target: "/ /" }),
  attempt("a target with a letter of another alphabet", { target: "/\xe4" }),
];

/** Reading, each in another way: none is answered without a key. */
export const readings: readonly AwsAttempt[] = [
  honestRead,
  attempt("reading by a query", { ...withoutBody, target: `/?${look}` }),
  attempt("reading the load balancers", balancing("Action=DescribeLoadBalancers")),
  attempt("reading the buckets", { service: "s3", ...withoutBody }),
  attempt("reading the certificates", {
    service: "acm",
    headers: json("ListCertificates"),
    body: "{}",
  }),
  attempt("reading the zones", {
    ...withoutBody,
    service: "route53",
    target: "/2013-04-01/hostedzone",
  }),
  attempt("reading all of moto", { ...withoutBody, target: "/moto-api/data.json" }),
  attempt("reading moto's page", { ...withoutBody, target: "/moto-api/" }),
  attempt("reading what moto recorded", {
    ...withoutBody,
    target: "/moto-api/recorder/download-recording",
  }),
  attempt("reading a machine's own credentials", {
    ...withoutBody,
    target: "/latest/meta-data/iam/security-credentials/x",
  }),
];
