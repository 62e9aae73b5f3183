import { Chart } from "../chart.js";
import { el, icon, setShown, setText, ViewList } from "../dom.js";
import { bitRate, joined } from "../format.js";
import type { History } from "../history.js";
import { icons } from "../icons.js";
import { card, Figure, Hidden } from "../parts.js";
import { routeTo } from "../route.js";
import type { Overview } from "../stores.js";

/** What passes through all interfaces, and each of them as a way to its own page. */
export class NetworkCard {
  readonly root: HTMLElement;
  readonly #received = new Figure("figure small");
  readonly #sent = new Figure("figure small");
  readonly #rates: HTMLElement;
  readonly #chart: Chart;
  readonly #list = el("ul", "rows");
  readonly #rows = new ViewList<Gateway.Interface>(this.#list, ({ name }) => name, row);
  readonly #hidden = new Hidden("interface", "interfaces");
  readonly #empty = el("p", "empty", "This machine has no network interface.");

  constructor(history: History) {
    this.#chart = new Chart({
      label: "Network",
      lines: [
        { name: "↓", series: history.received, color: "--blue" },
        { name: "↑", series: history.sent, color: "--orange", mirrored: true },
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
    this.root = card("wide", "Network", icons.network, this.#rates, this.#chart.root, this.#list, this.#hidden.root, this.#empty);
  }

  update({ network: { interfaces, interfaces_hidden }, period }: Overview, history: History): void {
    const none = interfaces.length === 0;
    setShown(this.#rates, !none);
    this.#received.update(bitRate(numberOrNull(history.received.last)));
    this.#sent.update(bitRate(numberOrNull(history.sent.last)));
    this.#rows.update([...interfaces].sort((a, b) => rank(a) - rank(b)));
    this.#hidden.update(interfaces_hidden);
    setShown(this.#empty, none);
    setShown(this.#chart.root, !none);
    this.#chart.update(period);
  }
}

/** What carries something comes first; what leads only to this machine comes last. */
const rank = ({ name, state }: Gateway.Interface) => (name === "lo" ? 2 : state === "up" ? 0 : 1);

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);

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
