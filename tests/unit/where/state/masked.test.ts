import { describe, expect, it } from "vitest";
import { lastLineOf, masked } from "../../../../where/state/masked.ts";

/** Lines as applications write them, each with the password `hunter2`. */
const LINES = [
  "DB_PASSWORD=hunter2 is wrong",
  "redis://:hunter2@cache:6379/0",
  "postgres://app:hun/ter2@db:5432/app refused",
  "postgres://app:hun@ter2@db:5432/app refused",
  "https://hunter2@github.com/shop",
  "dial tcp: app:hunter2@tcp(db:3306)/app",
  "oracle app/hunter2@db:1521",
  "HTTP 401 for bearer hunter2",
  "authorization: Token hunter2",
  "Authorization: Digest username=x, response=hunter2",
  "headers { authorization: [ 'Bearer hunter2' ] }",
  "Cookie: session=hunter2",
  '{"level":"error","config":{"dbPassword":"hunter2"}}',
  String.raw`{"msg":"{\"password\":\"hunter2\"}"}`,
  String.raw`{"password": "abc\"hunter2 tail"}`,
  "Server=db;User Id=sa;Password=abc hunter2;Encrypt=true",
  "AccountName=x;AccountKey=hunter2==;EndpointSuffix=core",
  "Endpoint=sb://x.example/;SharedAccessKey=hunter2=",
  "https://x.example/c?sv=2020&sig=hunter2",
  "sig=hunter2",
  "GET /cb?code=hunter2 failed",
  'password => "hunter2"',
  "password hunter2 is wrong",
  "invalid password 'hunter2' for user app",
  "psql -h db --password hunter2",
  "mysql -u root -phunter2",
  "PGPASSWORD is hunter2",
  "JWT_SIGNING_KEY=hunter2",
  "privateKey=hunter2",
  "secret.key=hunter2",
  "REDIS_AUTH=hunter2",
  "\u001b[36mpassword\u001b[0m=hunter2",
  "password: \u001b[31mhunter2\u001b[0m",
  "password=abc,hunter2",
  "password=abc&hunter2",
  "Password: [abc, hunter2]",
  "x-api-key: hunter2",
  "private_key: -----BEGIN RSA PRIVATE KEY-----hunter2",
  "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----",
  "webhook https://hooks.slack.com/services/T0/B0/hunter2",
  "token ghp_hunter2hunter2hunter2hunter2hunter2",
  "ghp_hunter2hunter2hunter2hunter2hunter2 is not valid",
  `the key of ${"hunter2".repeat(5)} does not match`,
  `${"x".repeat(10_000)} hunter2`,
];

describe("masked", () => {
  it.each(LINES)("hides the password of %j", (line) => {
    expect(masked(line)).not.toMatch(/hunter2|ter2/);
  });

  it.each([
    ["AWS keys without a name", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY AKIAIOSFODNN7EXAMPLE"],
    ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"],
    ["a long hexadecimal word", "a1b2c3d4".repeat(4)],
  ])("hides %s", (_, text) => {
    expect(masked(`${text} refused`)).toMatch(/^\(hidden\)( \(hidden\))? refused$/);
  });

  it.each([
    "no DB_URL",
    "token expired",
    "secret not found",
    "password authentication failed for user",
    "KeyError: 'DB_HOST'",
    "received signal: terminated",
    "Cannot read properties of undefined (reading 'key')",
    "Cannot find module '/app/dist/server/application/main.js'",
    "cannot pull registry.example/web@sha256:abc",
    "dial tcp 10.96.0.1:5432: connect: connection refused",
  ])("shows %j", (line) => {
    expect(masked(line)).toBe(line);
  });

  it.each(LINES)("leaves %j as it is once it is masked", (line) => {
    expect(masked(masked(line))).toBe(masked(line));
  });

  it("shows what stands before a password, and whose URL it is", () => {
    expect(masked("dial amqp://web:hunter2@mq:5672: refused")).toBe(
      "dial amqp://(hidden)@mq:5672: refused",
    );
    expect(masked("cannot connect, api-key: hunter2, retry")).toBe(
      "cannot connect, api-key: (hidden)",
    );
  });
});

it("lastLineOf: the last line that is not empty", () => {
  expect(["a\nb\n\n", "a", "", "\n"].map(lastLineOf)).toEqual(["b", "a", undefined, undefined]);
});
