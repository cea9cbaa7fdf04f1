import { expect, it } from "vitest";
import { masked } from "../../../where/collect/masked.ts";

it.each([
  ["DB_PASSWORD=hunter2 is wrong", "DB_PASSWORD=(hidden) is wrong"],
  ['{"password":"hunter2","level":"error"}', '{"password":(hidden),"level":"error"}'],
  ["Authorization: Bearer abc.def", "Authorization: (hidden)"],
  ["dial amqp://web:hunter2@mq:5672: refused", "dial amqp://(hidden)@mq:5672: refused"],
  ["api-key: hunter2, retry", "api-key: (hidden), retry"],
  ["no DB_URL", "no DB_URL"],
  ["token expired", "token expired"],
])("masked: %s", (line, shown) => {
  expect(masked(line)).toBe(shown);
});
