import { el } from "../dom.js";
import { Field } from "../field.js";
import type { Link, Session } from "../session.js";

/** A page that has nothing to show but why. */
export function message(title: string, text: string, ...more: Node[]): HTMLElement {
  return el("div", "message", el("h2", "", title), el("p", "", text), ...more);
}

/** Asks for the token, or says that there is no room: what keeps this browser out. */
export function outside(session: Session, link: Link): HTMLElement | undefined {
  if (link === "full") {
    return message(
      "The gateway has no room left",
      "As many browsers as it serves are connected. This page tries again by itself.",
    );
  }
  if (link !== "refused") return undefined;
  const field = new Field({
    label: "Token",
    action: "Open",
    open: true,
    send: async (token) => session.enter(token.trim()),
  });
  const form = message(
    session.hasToken ? "This token does not open the gateway" : "This gateway asks for a token",
    "It was shown where the gateway was started, together with its address.",
    field.root,
  );
  requestAnimationFrame(() => field.focus());
  return form;
}
