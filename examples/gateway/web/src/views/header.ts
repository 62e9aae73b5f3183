import { Action } from "../action.js";
import { el, setAttribute, setShown, setText } from "../dom.js";
import { clockTime, duration, period as periodText } from "../format.js";
import { icons } from "../icons.js";
import type { Session } from "../session.js";
import type { Overview } from "../stores.js";
import logo from "../icon.svg";

/** Whose page this is, and how the connection to it stands. */
export class Header {
  readonly root: HTMLElement;
  readonly #session: Session;
  readonly #name = el("h1", "", "Gateway");
  readonly #about = el("p", "muted");
  readonly #dot = el("i", "pulse");
  readonly #status = el("span", "status-text");
  readonly #pill: HTMLElement;
  readonly #banner = el("p", "banner");
  readonly #pause: Action;
  #state: Overview | undefined;
  #looks = -1;

  constructor(session: Session, toggle: (pause: boolean) => Promise<unknown>) {
    this.#session = session;
    const image = el("img", "logo");
    image.src = logo;
    image.alt = "";
    this.#pause = new Action(
      "Pause",
      icons.pause,
      async () => toggle(this.#state?.paused !== true),
      "button round",
    );
    this.#pill = el("div", "pill", this.#dot, this.#status);
    setAttribute(this.#banner, "role", "alert");
    const home = el("a", "home", image, el("div", "title", this.#name, this.#about));
    home.href = "#/";
    this.root = el("header", "top", el("div", "bar-row", home, this.#pill, this.#pause.root), this.#banner);
    session.onChange(() => this.#paint());
    setInterval(() => this.#paint(), 1000);
    this.#paint();
  }

  update(state: Overview): void {
    this.#state = state;
    const title = state.name || state.machine.host || "Gateway";
    setText(this.#name, title);
    document.title = title;
    const { model, system, host } = state.machine;
    const about = [state.name ? host : null, model, system].filter((part) => part !== null);
    setText(this.#about, about.join(" · "));
    if (state.looks !== this.#looks) {
      this.#looks = state.looks;
      // One beat for each look at the machine, however often that is.
      this.#dot.getAnimations().forEach((animation) => animation.cancel());
      this.#dot.animate({ opacity: [1, 0.35] }, { duration: Math.min(900, state.period), easing: "ease-out" });
    }
    this.#paint();
  }

  #paint(): void {
    const { link, since } = this.#session;
    const away = (Date.now() - since.getTime()) / 1000;
    const paused = link === "live" && this.#state?.paused === true;
    const loading = link === "live" && this.#state === undefined;
    this.#pill.dataset["link"] = paused ? "paused" : loading ? "connecting" : link;
    setText(this.#status, this.#words(paused, away));
    setShown(this.#pause.root, this.#state !== undefined && link === "live");
    this.#pause.update(paused ? "Resume" : "Pause", paused ? icons.play : icons.pause);
    setShown(this.#banner, link === "away");
    setText(
      this.#banner,
      link === "away" ? `The gateway has been away since ${clockTime(since)}. These are its last values.` : "",
    );
  }

  #words(paused: boolean, away: number): string {
    switch (this.#session.link) {
      case "connecting":
        return "Connecting";
      case "refused":
        return "Not let in";
      case "full":
        return "No room";
      case "away":
        return away < 1 ? "Reconnecting" : `Reconnecting, ${duration(away)}`;
      case "live":
        if (this.#state === undefined) return "Loading";
        return paused ? "Paused" : `Live, every ${periodText(this.#state.period)}`;
    }
  }
}
