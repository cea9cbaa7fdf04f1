/**
 * Arguments of setpriv with which a program runs as a user, and a group of the same number, that has no right at all: no capability,
 * also none that a file could give. It ends with its parent.
 *
 * @see https://man7.org/linux/man-pages/man1/setpriv.1.html
 */
export const withoutPrivileges = (user: number): string[] => [
  `--reuid=${user}`,
  `--regid=${user}`,
  "--clear-groups",
  "--inh-caps=-all",
  "--ambient-caps=-all",
  "--bounding-set=-all",
  "--no-new-privs",
  // Last: the kernel forgets it when the user changes.
  "--pdeathsig=TERM",
];

/**
 * Arguments of setpriv with which root starts a program that becomes a user without rights by itself: until then it has these
 * capabilities, may read what root may read, and no program that it starts can have others.
 */
export const givingUpPrivileges = (capabilities: readonly string[]): string[] => [
  "--inh-caps=-all",
  "--ambient-caps=-all",
  `--bounding-set=${["-all", "+dac_read_search", ...capabilities.map((it) => `+${it}`)].join(",")}`,
  "--no-new-privs",
];
