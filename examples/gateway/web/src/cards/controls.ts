import { Action } from "../action.js";
import { el, icon, setAttribute, setShown, setText } from "../dom.js";
import { explain } from "../command.js";
import { Field } from "../field.js";
import { duration, period as periodText } from "../format.js";
import { icons } from "../icons.js";
import { may, type Overview, type Send } from "../stores.js";

const PRESETS = [100, 500, 1000, 5000, 30_000];

/** The commands to the gateway. Every browser sees the result at once. */
export class ControlsCard {
  readonly root: HTMLElement;
  readonly #name: Field;
  readonly #period: Field;
  readonly #presets = new Map<number, HTMLButtonElement>();
  readonly #since = el("span", "muted");
  readonly #operating: HTMLElement[];
  readonly #note = el("p", "muted");

  constructor(send: Send) {
    const setPeriod = (milliseconds: number) => send("set_period", { milliseconds });
    this.#name = new Field({
      label: "Name",
      action: "Rename",
      send: (name) => send("rename", { name }),
    });
    this.#period = new Field({
      label: "Update every",
      unit: "ms",
      action: "Set",
      inputMode: "numeric",
      // The gateway refuses what is not a number, like any other invalid value.
      send: (text) => setPeriod(text.trim() === "" ? NaN : Number(text)),
    });
    const chips = el("div", "chips");
    setAttribute(chips, "role", "group");
    setAttribute(chips, "aria-label", "Usual periods");
    for (const milliseconds of PRESETS) {
      const chip = el("button", "chip", periodText(milliseconds));
      chip.type = "button";
      chip.addEventListener("click", () => {
        setPeriod(milliseconds).catch((error: unknown) => this.#period.complain(explain(error)));
      });
      this.#presets.set(milliseconds, chip);
      chips.append(chip);
    }
    const period = el("div", "period", this.#period.root, chips);
    const reset = new Action("Reset counters", icons.reset, () => send("reset_counters"));
    this.#operating = [period, reset.root];
    this.root = el(
      "section",
      "card controls",
      el("header", "", el("h2", "", icon(icons.controls), el("span", "", "Controls"))),
      el(
        "div",
        "controls-body",
        this.#name.root,
        period,
        el("div", "reset", reset.root, this.#since),
        this.#note,
      ),
    );
  }

  update(state: Overview): void {
    // What this browser may not do is not offered; the gateway would refuse it.
    const operates = may(state.role, "operator");
    const administers = may(state.role, "admin");
    setShown(this.#name.root, administers);
    for (const each of this.#operating) setShown(each, operates);
    setShown(this.#note, !administers);
    setText(
      this.#note,
      operates ? "Only an admin can rename the gateway." : "You can look. To change something, the role operator is needed.",
    );
    this.#name.update(state.name, state.machine.host ?? "");
    this.#period.update(`${state.period}`);
    for (const [milliseconds, chip] of this.#presets) {
      setAttribute(chip, "aria-pressed", `${milliseconds === state.period}`);
    }
    const { uptime, counting_since: since } = state;
    setText(
      this.#since,
      uptime === null || since === null ? "" : `Totals and peaks of the last ${duration(uptime - since)}`,
    );
  }
}
