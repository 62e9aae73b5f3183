import { el, icon, setAttribute, setShown, setText } from "../dom.js";
import { icons } from "../icons.js";
import { parseCode } from "../code.js";
import type { Session } from "../session.js";

/** A button that shows the address by which other devices open this page; hidden where none can. */
export class Phone {
  readonly root: HTMLElement;
  readonly #session: Session;
  readonly #dialog = el("dialog", "phone");
  readonly #picture = el("div", "code");
  readonly #link = el("a", "address");
  readonly #secret = el("p", "muted", "The code contains the access token. Show it only to those who may have it.");

  constructor(session: Session) {
    this.#session = session;
    const open = el("button", "button round", icon(icons.phone), el("span", "", "Phone"));
    open.type = "button";
    setAttribute(open, "aria-label", "Open on a phone");
    open.addEventListener("click", () => this.#dialog.showModal());
    const close = el("button", "button", "Close");
    close.type = "button";
    close.addEventListener("click", () => this.#dialog.close());
    const title = el("h2", "", "Open on a phone");
    title.id = "phone-title";
    setAttribute(this.#dialog, "aria-labelledby", title.id);
    this.#link.target = "_blank";
    this.#link.rel = "noreferrer";
    const how = el("p", "muted", "Point its camera at the code. It has to be on the same network.");
    this.#dialog.append(title, how, this.#picture, this.#link, this.#secret, close);
    // Beside it, on what is behind the dialog.
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    this.root = el("div", "action", open, this.#dialog);
    setShown(this.root, false);
    session.onChange((link) => {
      if (link === "live") void this.#look();
    });
  }

  /** Asks again on every connection: the gateway may have got another address, or none. */
  async #look(): Promise<void> {
    const code = await this.#session.get("address.svg").then(parseCode, () => undefined);
    setShown(this.root, code !== undefined);
    if (code === undefined) return this.#dialog.close();
    const url = new URL(code.link);
    setShown(this.#secret, url.hash !== "");
    url.hash = "";
    setAttribute(code.picture, "aria-label", `QR code of ${url.href}`);
    this.#picture.replaceChildren(code.picture);
    this.#link.href = code.link;
    setText(this.#link, url.href);
  }
}
