/** For what talks to servers and disks: it fails when it is broken, not when the machine is busy. */
export const patience = { timeout: 60_000 };
