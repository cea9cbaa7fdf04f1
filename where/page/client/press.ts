/** What makes an element of the picture a button: a click, Enter and the space bar. */
export function whenPressed(act: () => void) {
  return {
    // Names of attributes of SVG are case-sensitive.
    tabindex: 0,
    onClick: act,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    },
  };
}
