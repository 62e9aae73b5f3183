import { Chart } from "../chart.js";
import { el, icon, setShown, setText, ViewList } from "../dom.js";
import { bitRate, joined } from "../format.js";
import { icons } from "../icons.js";
import { byName } from "../natural.js";
import { card, Figure, Hidden, Stale } from "../parts.js";
import { routeTo } from "../route.js";
import type { Past } from "../past.js";
import { Machine, type Overview } from "../stores.js";

/** The traffic of all interfaces, and a link to the page of each. */
export class NetworkCard {
  readonly root: HTMLElement;
  readonly #received = new Figure("figure small");
  readonly #sent = new Figure("figure small");
  readonly #rates: HTMLElement;
  readonly #chart: Chart;
  readonly #list = el("ul", "rows");
  readonly #rows = new ViewList<Gateway.Interface>(this.#list, ({ name }) => name, row);
  readonly #hidden = new Hidden("interface", "interfaces");
  readonly #stale = new Stale();
  readonly #empty = el("p", "empty", "This machine has no network interface.");

  constructor(past: Past) {
    this.#chart = new Chart({
      label: "Network",
      lines: [
        { name: "↓", series: past.of(Machine.received), color: "--blue" },
        { name: "↑", series: past.of(Machine.sent), color: "--orange", mirrored: true },
      ],
      format: bitRate,
      least: 1250,
    });
    this.#rates = el(
      "div",
      "rates",
      el("span", "blue", icon(icons.down), this.#received.root),
      el("span", "orange up", icon(icons.down), this.#sent.root),
    );
    this.root = card("wide", "Network", icons.network, this.#rates, this.#chart.root, this.#list, this.#hidden.root, this.#stale.root, this.#empty);
  }

  update({ network: { interfaces, interfaces_hidden }, period }: Overview): void {
    const none = interfaces.length === 0;
    setShown(this.#rates, !none);
    const outside = interfaces.filter(({ name }) => name !== "lo");
    this.#received.update(bitRate(sum(outside.map((each) => each.receive_rate))));
    this.#sent.update(bitRate(sum(outside.map((each) => each.send_rate))));
    this.#rows.update(byName(interfaces).sort((a, b) => rank(a) - rank(b)));
    this.#list.classList.toggle("many", interfaces.length > 4);
    this.#hidden.update(interfaces_hidden);
    this.#stale.update(interfaces);
    setShown(this.#empty, none);
    setShown(this.#chart.root, !none);
    this.#chart.update(period);
  }
}

/** Interfaces with traffic come first, loopback last. */
const rank = ({ name, state }: Gateway.Interface) => (name === "lo" ? 2 : state === "up" ? 0 : 1);

/** The sum of the known values; `null` if none is known. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}

function row({ name }: Gateway.Interface) {
  const dot = el("i", "dot");
  const address = el("span", "muted");
  const received = el("span");
  const sent = el("span");
  const link = el(
    "a",
    "row",
    dot,
    el("span", "name", el("b", "", name), address),
    el(
      "span",
      "rate-pair",
      el("span", "rate", el("span", "blue", "↓ "), received),
      el("span", "rate", el("span", "orange", "↑ "), sent),
    ),
    icon(icons.next),
  );
  link.href = routeTo("interface", name);
  return {
    root: el("li", "", link),
    update({ state, ipv4, receive_rate, send_rate }: Gateway.Interface): void {
      dot.dataset["state"] = state;
      dot.title = state;
      setText(address, ipv4 ?? (state === "up" ? "" : state));
      setText(received, joined(bitRate(receive_rate)));
      setText(sent, joined(bitRate(send_rate)));
    },
  };
}
