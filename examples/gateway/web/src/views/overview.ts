import { ControlsCard } from "../cards/controls.js";
import { DisksCard } from "../cards/disks.js";
import { EnvironmentCard, sensors } from "../cards/environment.js";
import { MemoryCard } from "../cards/memory.js";
import { NetworkCard } from "../cards/network.js";
import { ProcessesCard } from "../cards/processes.js";
import { ProcessorCard } from "../cards/processor.js";
import { el } from "../dom.js";
import type { Past } from "../past.js";
import type { Overview, Send } from "../stores.js";

/** The most sensors to show beside the processes; more of them get a row of their own. */
const FEW = 9;

/** The whole machine on one page. */
export class OverviewView {
  readonly root: HTMLElement;
  readonly #cards: readonly { root: HTMLElement; update(state: Overview): void }[];

  constructor(past: Past, send: Send) {
    this.#cards = [
      new ProcessorCard(past),
      new MemoryCard(past),
      new NetworkCard(past),
      new DisksCard(past),
      new ProcessesCard(),
      new EnvironmentCard(),
      new ControlsCard(send),
    ];
    this.root = el("div", "grid", ...this.#cards.map((card) => card.root));
  }

  update(state: Overview): void {
    const lines = sensors(state);
    this.root.dataset["sensors"] = lines === 0 ? "none" : lines <= FEW ? "few" : "many";
    for (const card of this.#cards) card.update(state);
  }
}

/** The placeholder until the first state arrives. */
export function skeleton(): HTMLElement {
  const boxes = ["wide", "", "wide", ""].map((size) => el("div", `card ghost ${size}`, el("i"), el("i"), el("i")));
  const root = el("div", "grid", ...boxes);
  root.ariaHidden = "true";
  return root;
}
