import { Component, type ComponentType, type h } from "preact";

/** A component that is drawn again only if one of its properties is another object: most of a page has not changed. */
export function pure<P extends object>(View: (props: P) => ReturnType<typeof h>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = new Set([...Object.keys(next), ...Object.keys(this.props)]) as Set<keyof P>;
      return [...keys].some((key) => next[key] !== this.props[key]);
    }

    override render() {
      return View(this.props);
    }
  };
}
