import type { StoreSnapshot } from "@musubi/client";
import { el, icon, setShown } from "../dom.js";
import { icons } from "../icons.js";
import type { Pair } from "../history.js";
import type { LiveStore } from "../live.js";
import type { Stores } from "../stores.js";
import { message } from "./message.js";

type DetailModule = "Gateway.Stores.Interface" | "Gateway.Stores.Disk";

/** What a page about one thing shows of it. */
export interface Detail<Reading> {
  readonly root: HTMLElement;
  update(reading: Reading, period: number): void;
  close(): void;
}

/** The page of one interface or disk: its own root store, its own chart. */
export class DetailView<Reading> {
  readonly root = el("div", "detail");
  readonly #content = el("div", "detail-content");
  readonly #gone = el("p", "banner", "It was pulled out. These are its last values.");
  readonly #live: LiveStore<DetailModule>;
  readonly #detail: Detail<Reading>;
  readonly #history: Pair;
  readonly #sample: (pair: Pair, reading: Reading, now: number) => void;
  readonly #refusal: string;
  #looks = -1;

  constructor(options: {
    live: LiveStore<DetailModule>;
    title: string;
    detail: Detail<Reading>;
    history: Pair;
    sample: (pair: Pair, reading: Reading, now: number) => void;
    refusal: string;
  }) {
    this.#live = options.live;
    this.#detail = options.detail;
    this.#history = options.history;
    this.#sample = options.sample;
    this.#refusal = options.refusal;
    const back = el("a", "back", icon(icons.back), "Overview");
    back.href = "#/";
    this.#content.append(el("div", "card ghost wide", el("i"), el("i"), el("i")));
    this.#gone.hidden = true;
    this.root.append(back, el("h2", "detail-title", options.title), this.#gone, this.#content);
    this.#live.onChange(() => this.#paint());
    this.#paint();
  }

  close(): void {
    this.#live.close();
    this.#detail.close();
  }

  #paint(): void {
    const { known } = this.#live;
    if (known.kind === "refused") {
      this.#content.replaceChildren(message(this.#refusal, `The gateway says: ${known.reason}.`));
      setShown(this.#gone, false);
    }
    if (known.kind !== "state") return;
    const state = known.state as StoreSnapshot<DetailModule, Stores> & { reading: Reading };
    this.root.classList.toggle("stale", !known.fresh || !state.present);
    setShown(this.#gone, !state.present);
    if (this.#detail.root.parentElement === null) this.#content.replaceChildren(this.#detail.root);
    if (!known.fresh) this.#history.breakOff(performance.now());
    else if (state.looks !== this.#looks) {
      this.#looks = state.looks;
      this.#sample(this.#history, state.reading, performance.now());
    }
    this.#detail.update(state.reading, state.period);
  }
}
