/** A port of a Service, as the API server has it. */
export interface LivePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** The container port. */
  readonly targetPort: number;
  readonly nodePort?: number;
}

/**
 * The API server's choice of ports of the nodes, of which it has given none yet.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/service/storage/alloc.go (read at 1.36)
 */
export class NodePorts {
  #next = 30086;

  /** `initNodePorts`: of a new Service, ports of one number get one port of the nodes. */
  create(ports: readonly LivePort[], allocates: boolean): readonly LivePort[] {
    const byNumber = new Map<number, number>();
    return ports.map((port) => {
      if (!allocates) {
        return port;
      }
      const nodePort = byNumber.get(port.port) ?? this.#take();
      byNumber.set(port.port, nodePort);
      return { ...port, nodePort };
    });
  }

  /** `updateNodePorts`: of one that is there, each port that has none yet gets the next one. */
  update(
    before: readonly LivePort[],
    ports: readonly LivePort[],
    allocates: boolean,
  ): readonly LivePort[] {
    return ports.map((port) => {
      const same = before.find((it) => it.port === port.port && it.protocol === port.protocol);
      const nodePort = same?.nodePort ?? (allocates ? this.#take() : undefined);
      return nodePort === undefined ? port : { ...port, nodePort };
    });
  }

  #take(): number {
    this.#next += 1;
    return this.#next;
  }
}
