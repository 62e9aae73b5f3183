import type { StoreSnapshot } from "@musubi/client";
import { el, icon, setShown } from "../dom.js";
import { icons } from "../icons.js";
import type { LiveStore } from "../live.js";
import type { Past } from "../past.js";
import type { Stores } from "../stores.js";
import { refused } from "./message.js";

type DetailModule = "Gateway.Stores.Interface" | "Gateway.Stores.Disk";

/** The content of a page about one interface or disk. */
export interface Detail<Reading> {
  readonly root: HTMLElement;
  update(reading: Reading, period: number): void;
  close(): void;
}

/** The page of one interface or disk: its own root store, its own chart. */
export class DetailView<Reading> {
  readonly root = el("div", "detail");
  readonly #content = el("div", "detail-content");
  readonly #gone = el("p", "banner", "It was removed. These are its last values.");
  readonly #live: LiveStore<DetailModule>;
  readonly #detail: Detail<Reading>;
  readonly #past: Past;
  readonly #refusal: string;
  readonly #ghost = el("div", "card ghost", el("i"), el("i"), el("i"));
  #mounts = 0;

  constructor(options: {
    live: LiveStore<DetailModule>;
    title: string;
    detail: Detail<Reading>;
    past: Past;
    refusal: string;
  }) {
    this.#live = options.live;
    this.#detail = options.detail;
    this.#past = options.past;
    this.#refusal = options.refusal;
    const back = el("a", "back", icon(icons.back), "Overview");
    back.href = "#/";
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
    const { known, mounts } = this.#live;
    setShown(this.#gone, known.kind === "state" && !known.state.present);
    if (known.kind === "loading") return this.#content.replaceChildren(this.#ghost);
    if (known.kind === "refused") {
      return this.#content.replaceChildren(refused(this.#refusal, known, this.#live));
    }
    const state = known.state as StoreSnapshot<DetailModule, Stores> & { reading: Reading };
    this.root.classList.toggle("stale", !known.fresh || !state.present);
    if (this.#detail.root.parentElement === null) this.#content.replaceChildren(this.#detail.root);
    this.#past.take(state, performance.now(), mounts !== this.#mounts);
    this.#mounts = mounts;
    this.#detail.update(state.reading, state.period);
  }
}
