import { el, icon } from "../dom.js";
import { Field } from "../field.js";
import { icons } from "../icons.js";
import type { Link, Session } from "../session.js";

/** A page that has nothing to show but why. */
export function message(title: string, text: string, ...more: Node[]): HTMLElement {
  return el("div", "message", el("h2", "", title), el("p", "", text), ...more);
}

function again(retry: () => void): HTMLElement {
  const button = el("button", "button", icon(icons.reset), "Try again");
  button.type = "button";
  button.addEventListener("click", retry);
  return el("div", "", button);
}

/** What was asked for is not shown, and why. */
export function refused(
  title: string,
  { reason, broke }: { reason: string; broke: boolean },
  store: { retry(): void },
): HTMLElement {
  const text = broke
    ? "Twice the connection ended while this was asked for. Perhaps something between here and the gateway does not let it through."
    : `The gateway says: ${reason}.`;
  return message(broke ? "This could not be asked for" : title, text, again(() => store.retry()));
}

/** What keeps this browser out: the token that is asked for, another refusal, or that there is no room. */
export function outside(session: Session, link: Link): HTMLElement | undefined {
  if (link === "full") {
    return message(
      "The gateway has no room left",
      "As many browsers as it serves are connected. This page tries again by itself.",
    );
  }
  if (link !== "refused") return undefined;
  const { status = 0, reason = "" } = session.refusal ?? {};
  const retry = again(() => session.retry());
  if (status === 404) {
    return message("There is no gateway here", "What answers at this address does not know it.", retry);
  }
  if (reason !== "" && !/unauthorized|token/i.test(reason)) {
    return message("The gateway does not let this page in", `It says: ${reason}.`, retry);
  }
  const field = new Field({
    label: "Token",
    action: "Open",
    open: true,
    send: async (token) => session.enter(token.trim()),
  });
  const form =
    status === 429
      ? message(
          "Too many wrong tokens",
          "The gateway takes no token from this network for a while: a second at first, twice as long each time.",
          field.root,
        )
      : message(
          session.hasToken ? "This token does not open the gateway" : "This gateway asks for a token",
          "It was shown where the gateway was started, unless its owner has chosen one.",
          field.root,
        );
  requestAnimationFrame(() => field.focus());
  return form;
}
