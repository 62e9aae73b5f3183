import { Action } from "../action.js";
import { el, setAttribute, setShown, setText } from "../dom.js";
import { clockTime, duration, period as periodText } from "../format.js";
import { icons } from "../icons.js";
import type { LiveStore } from "../live.js";
import type { Link, Session } from "../session.js";
import { may, type Overview, type Send } from "../stores.js";
import { Phone } from "./phone.js";
import logo from "../icon.svg";

type Standing = "paused" | "loading" | "behind" | "closed" | Link;

/** The name of the gateway, and the state of the connection. */
export class Header {
  readonly root: HTMLElement;
  readonly #session: Session;
  readonly #live: LiveStore<"Gateway.Stores.Overview">;
  readonly #name = el("h1", "", "Gateway");
  readonly #about = el("p", "muted");
  readonly #dot = el("i", "pulse");
  readonly #status = el("span", "status-text");
  readonly #pill: HTMLElement;
  readonly #banner = el("p", "banner");
  readonly #pause: Action;
  readonly #leave: Action;
  #state: Overview | undefined;
  #looks = -1;

  constructor(session: Session, live: LiveStore<"Gateway.Stores.Overview">, send: Send) {
    this.#session = session;
    this.#live = live;
    const image = el("img", "logo");
    image.src = logo;
    image.alt = "";
    this.#pause = new Action(
      "Pause",
      icons.pause,
      async () => (this.#state?.paused === true ? send("resume") : send("pause")),
      "button round",
    );
    this.#leave = new Action("Sign out", icons.leave, () => session.signOut(), "button round");
    setShown(this.#leave.root, false);
    this.#pill = el("div", "pill", this.#dot, this.#status);
    setAttribute(this.#banner, "role", "alert");
    const home = el("a", "home", image, el("div", "title", this.#name, this.#about));
    home.href = "#/";
    this.root = el("header", "top", el("div", "bar-row", home, this.#pill, new Phone(session).root, this.#pause.root, this.#leave.root), this.#banner);
    session.onChange(() => this.#paint());
    live.onChange(() => this.#paint());
    setInterval(() => this.#paint(), 1000);
    this.#paint();
  }

  update(state: Overview): void {
    this.#state = state;
    const title = state.name || state.machine.host || "Gateway";
    setText(this.#name, title);
    document.title = title;
    const { model, system, host } = state.machine;
    const user = state.user === "" ? null : `${state.user}, ${state.role}`;
    const who = user ?? (may(state.role, "operator") ? null : "Read-only");
    const about = [who, state.name ? host : null, model, system].filter((part) => part !== null);
    setText(this.#about, about.join(" · "));
    setShown(this.#leave.root, state.user !== "");
    if (state.looks !== this.#looks) {
      this.#looks = state.looks;
      // One pulse for each look at the machine, at any period.
      this.#dot.getAnimations().forEach((animation) => animation.cancel());
      this.#dot.animate({ opacity: [1, 0.35] }, { duration: Math.min(900, state.period), easing: "ease-out" });
    }
    this.#paint();
  }

  /** The state of the connection; `live` only if the store is live too. */
  #standing(): Standing {
    const { link } = this.#session;
    const { known } = this.#live;
    if (link !== "live") return link;
    if (known.kind !== "state") return known.kind === "loading" ? "loading" : "closed";
    if (!known.fresh) return "behind";
    return known.state.paused ? "paused" : "live";
  }

  #paint(): void {
    const standing = this.#standing();
    const { since } = this.#session;
    const away = (Date.now() - since.getTime()) / 1000;
    this.#pill.dataset["standing"] = standing;
    setText(this.#status, this.#words(standing, away));
    const operates = this.#state !== undefined && may(this.#state.role, "operator");
    setShown(this.#pause.root, operates && (standing === "live" || standing === "paused"));
    const paused = standing === "paused";
    this.#pause.update(paused ? "Resume" : "Pause", paused ? icons.play : icons.pause);
    setShown(this.#banner, standing === "away");
    setText(
      this.#banner,
      standing === "away" ? `The connection has been lost since ${clockTime(since)}. These are the last values.` : "",
    );
  }

  #words(standing: Standing, away: number): string {
    switch (standing) {
      case "connecting":
        return "Connecting";
      case "refused":
        return "Access denied";
      case "blocked":
        return "Blocked";
      case "full":
        return "Full";
      case "away":
        return away < 1 ? "Reconnecting" : `Reconnecting, ${duration(away)}`;
      case "loading":
        return "Loading";
      case "closed":
        return "Refused";
      case "behind":
        return "Catching up";
      case "paused":
        return "Paused";
      case "live":
        return `Live, every ${periodText(this.#state?.period ?? 0)}`;
    }
  }
}
