import { el, icon, setText, ViewList } from "../dom.js";
import { count, joined } from "../format.js";
import { icons } from "../icons.js";
import { byName } from "../natural.js";
import { Bar, card, Hidden, whenFull, type Tone, Stale } from "../parts.js";
import type { Overview } from "../stores.js";

type Temperature = Gateway.Climate["temperatures"][number];
type Fan = Gateway.Climate["fans"][number];
type Battery = Gateway.Power["batteries"][number];

/** The end of the bar if the hardware reports no limit. */
const USUAL_LIMIT = 100;
/** Percent of a battery at which it should be charged. */
const LOW = 20;

/** The number of rows of a machine's environment. */
export function sensors({ climate, power }: Overview): number {
  return climate.temperatures.length + climate.fans.length + power.batteries.length;
}

/** The severity of a battery's charge. */
export function batteryTone({ percent, state }: Pick<Battery, "percent" | "state">): Tone {
  return percent !== null && percent <= LOW && state !== "charging" ? "alarm" : "plain";
}

/** Temperatures, fans, batteries and mains power, if the machine has them. */
export class EnvironmentCard {
  readonly root: HTMLElement;
  readonly #list = el("ul", "rows plain");
  readonly #fans = el("ul", "rows plain");
  readonly #batteries = el("ul", "rows plain batteries");
  readonly #temperatureRows = new ViewList<Temperature>(this.#list, ({ name }) => name, temperatureRow);
  readonly #fanRows = new ViewList<Fan>(this.#fans, ({ name }) => name, fanRow);
  readonly #batteryRows = new ViewList<Battery>(this.#batteries, ({ name }) => name, batteryRow);
  readonly #hidden = new Hidden("sensor", "sensors");
  readonly #stale = new Stale();
  readonly #mains = el("span", "muted");

  constructor() {
    this.root = card("environment", "Environment", icons.temperature, this.#mains, this.#batteries, this.#list, this.#fans, this.#hidden.root, this.#stale.root);
  }

  update({ climate, power }: Overview): void {
    this.#batteryRows.update(byName(power.batteries));
    this.#temperatureRows.update(byName(climate.temperatures));
    this.#fanRows.update(byName(climate.fans));
    this.#hidden.update(climate.temperatures_hidden + climate.fans_hidden + power.batteries_hidden);
    this.#stale.update([...power.batteries, ...climate.temperatures, ...climate.fans]);
    setText(this.#mains, power.mains === null ? "" : power.mains ? "plugged in" : "not plugged in");
  }
}

function line(path: string, name: string, bar?: Bar) {
  const value = el("span", "rate");
  const root = el("li", "row", icon(path), el("span", "name", el("b", "", name)), value, bar?.root);
  return { root, value };
}

function temperatureRow({ name }: Temperature) {
  const bar = new Bar("orange");
  const { root, value } = line(icons.temperature, name, bar);
  return {
    root,
    update({ celsius, limit }: Temperature): void {
      setText(value, joined([celsius.toFixed(1), "°C"]));
      const share = (100 * celsius) / (limit ?? USUAL_LIMIT);
      bar.update(share, whenFull(share));
      root.title = limit === null ? "" : `too hot from ${limit.toFixed(0)} °C`;
    },
  };
}

function fanRow({ name }: Fan) {
  const { root, value } = line(icons.fan, name);
  return {
    root,
    update({ turns }: Fan): void {
      setText(value, turns === 0 ? "stands still" : joined([count(turns), "rpm"]));
    },
  };
}

function batteryRow({ name }: Battery) {
  const bar = new Bar("teal");
  const { root, value } = line(icons.battery, name, bar);
  return {
    root,
    update({ percent, state, watts }: Battery): void {
      const parts = [
        percent === null ? null : joined([percent.toFixed(0), "%"]),
        state === "unknown" ? null : state,
        watts === null || watts === 0 ? null : joined([watts.toFixed(1), "W"]),
      ];
      setText(value, parts.filter((part) => part !== null).join(" · "));
      const tone = batteryTone({ percent, state });
      bar.update(percent, tone);
      root.classList.toggle("alarm", tone === "alarm");
    },
  };
}
