import { el, icon } from "../dom.js";
import { Field } from "../field.js";
import { icons } from "../icons.js";
import type { Link, Session } from "../session.js";

/** A page with only a message. */
export function message(title: string, text: string, ...more: Node[]): HTMLElement {
  return el("div", "message", el("h2", "", title), el("p", "", text), ...more);
}

function again(retry: () => void): HTMLElement {
  const button = el("button", "button", icon(icons.reset), "Try again");
  button.type = "button";
  button.addEventListener("click", retry);
  return el("div", "", button);
}

/** The message for a refused store. */
export function refused(
  title: string,
  { reason, broke }: { reason: string; broke: boolean },
  store: { retry(): void },
): HTMLElement {
  const text = broke
    ? "The connection was lost twice while this page was requested. Something between here and the gateway may be blocking it."
    : `The gateway says: ${reason}.`;
  return message(broke ? "This page could not be requested" : title, text, again(() => store.retry()));
}

/** The message for a browser without access: it needs a token, was refused, or the gateway is full. */
export function outside(session: Session, link: Link): HTMLElement | undefined {
  if (link === "full") {
    return message(
      "The gateway is full",
      "It already serves as many browsers as it can. This page tries again automatically.",
    );
  }
  if (link === "blocked") {
    return message("The connection is blocked", `${session.refusal?.reason} This page tries again automatically.`);
  }
  if (link !== "refused") return undefined;
  const { status = 0, reason = "" } = session.refusal ?? {};
  const retry = again(() => session.retry());
  if (status === 404) {
    return message("There is no gateway here", "The server at this address is not a gateway.", retry);
  }
  if (reason !== "" && !/unauthorized|token/i.test(reason)) {
    return message("The gateway denied access", `It says: ${reason}.`, retry);
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
          "The gateway accepts no token from this network for a while: a second at first, then twice as long each time.",
          field.root,
        )
      : message(
          session.hasToken ? "This token is wrong" : "This gateway requires a token",
          "The gateway printed it when it started, unless its owner has chosen one.",
          field.root,
        );
  requestAnimationFrame(() => field.focus());
  return form;
}
