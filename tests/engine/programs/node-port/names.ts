export const namespace = "node-port-replacement";
/** The NodePortServices. */
export const services = ["first", "second", "third", "fourth", "fifth"];
/** The node port of the first of them; the others have the next ones. */
export const FIRST_NODE_PORT = 30010;
/** The node port of the Service that is none of them. */
export const PLAIN_NODE_PORT = 30019;
