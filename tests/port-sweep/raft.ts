/** A message of raft by which whoever reaches a member of etcd as its peer, and knows its id, writes a key. */
export function writingMessage(member: bigint, key: string, value: string): Buffer {
  const put = Buffer.concat([bytes(1, Buffer.from(key)), bytes(2, Buffer.from(value))]);
  const request = Buffer.concat([number(1, 7), bytes(4, put)]);
  const entry = Buffer.concat([number(1, 0), number(2, 0), number(3, 0), bytes(4, request)]);
  return Buffer.concat([number(1, PROPOSE), number(2, member), number(4, 0), bytes(7, entry)]);
}

/** MsgProp: https://github.com/etcd-io/raft/blob/main/raftpb/raft.proto */
const PROPOSE = 2;

/** https://protobuf.dev/programming-guides/encoding/ */
const number = (field: number, value: number | bigint): Buffer =>
  Buffer.concat([varint(field << 3), varint(value)]);

const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);

function varint(value: number | bigint): Buffer {
  const digits: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) digits.push(Number(rest & 127n) | 128);
  return Buffer.from([...digits, Number(rest)]);
}
