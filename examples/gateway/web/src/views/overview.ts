import { ControlsCard } from "../cards/controls.js";
import { DisksCard } from "../cards/disks.js";
import { EnvironmentCard } from "../cards/environment.js";
import { MemoryCard } from "../cards/memory.js";
import { NetworkCard } from "../cards/network.js";
import { ProcessesCard } from "../cards/processes.js";
import { ProcessorCard } from "../cards/processor.js";
import { el } from "../dom.js";
import type { History } from "../history.js";
import type { Overview, Stores } from "../stores.js";
import type { StoreProxy } from "@musubi/client";

/** The whole machine on one page. */
export class OverviewView {
  readonly root: HTMLElement;
  readonly #cards: readonly { root: HTMLElement; update(state: Overview, history: History): void }[];

  constructor(
    readonly history: History,
    store: () => StoreProxy<"Gateway.Stores.Overview", Stores>,
  ) {
    this.#cards = [
      new ProcessorCard(history),
      new MemoryCard(history),
      new NetworkCard(history),
      new DisksCard(history),
      new ProcessesCard(),
      new EnvironmentCard(),
      new ControlsCard(store),
    ];
    this.root = el("div", "grid", ...this.#cards.map((card) => card.root));
  }

  update(state: Overview): void {
    for (const card of this.#cards) card.update(state, this.history);
  }
}

/** What stands there until the first state has come. */
export function skeleton(): HTMLElement {
  const boxes = ["wide", "", "wide", ""].map((size) => el("div", `card ghost ${size}`, el("i"), el("i"), el("i")));
  return el("div", "grid", ...boxes);
}
