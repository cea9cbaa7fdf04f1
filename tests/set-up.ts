import { setSourceMapsSupport } from "node:module";

// Node runs the sources as they are, with their own lines. Looking for maps of them costs every stack a hundredth of a second.
setSourceMapsSupport(false);
