import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";

/**
 * A proxy by HTTP CONNECT that runs inside the VPC and takes connections on a socket that only its owner can open: the way by
 * which the API server reaches kubelets and Pods, and by which commands on the host look into the cluster.
 * Started with the path of the socket.
 */
const [path = ""] = process.argv.slice(2);
const server = createServer((_request, response) => response.end("ok"));

server.on("connect", (request, client, head) => {
  const address = `http://${request.url}`;
  if (!URL.canParse(address)) {
    client.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    return;
  }
  const { hostname, port } = new URL(address);
  const target = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ""));
  const end = () => {
    target.destroy();
    client.destroy();
  };
  target.once("connect", () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    target.write(head);
    client.pipe(target).pipe(client);
  });
  target.once("error", (error) => {
    client.end(`HTTP/1.1 502 Bad Gateway\r\n\r\n${error.message}`);
  });
  client.once("error", end);
  target.once("close", () => client.end());
  client.once("close", end);
});

rmSync(path, { force: true }); // of a proxy that was killed
server.listen(path, () => chmodSync(path, 0o600));
