import { oneBackend } from "../../one-backend.ts";

oneBackend();
