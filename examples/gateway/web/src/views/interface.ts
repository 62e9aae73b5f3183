import { Chart } from "../chart.js";
import { el, icon } from "../dom.js";
import { bitRate, bytes, count, joined, linkSpeed } from "../format.js";
import { icons } from "../icons.js";
import { card, Fact, factList, facts, Figure, Stale } from "../parts.js";
import type { Past } from "../past.js";
import { Traffic } from "../stores.js";

/** Details of one network interface. */
export class InterfaceDetail {
  readonly root: HTMLElement;
  readonly #received = new Figure();
  readonly #sent = new Figure();
  readonly #stale = new Stale();
  readonly #chart: Chart;
  readonly #state = new Fact("State");
  readonly #speed = new Fact("Speed");
  readonly #ipv4 = new Fact("IPv4 address");
  readonly #hardware = new Fact("Hardware address");
  readonly #mtu = new Fact("Largest packet");
  readonly #packets = new Fact("Packets per second");
  readonly #in = new Fact("Received");
  readonly #out = new Fact("Sent");
  readonly #errors = new Fact("Errors");
  readonly #dropped = new Fact("Dropped");

  constructor(past: Past) {
    this.#chart = new Chart({
      label: "Traffic",
      lines: [
        { name: "↓", series: past.of(Traffic.in), color: "--blue" },
        { name: "↑", series: past.of(Traffic.out), color: "--orange", mirrored: true },
      ],
      format: bitRate,
      least: 1250,
    });
    this.#chart.root.classList.add("tall");
    const rates = el(
      "div",
      "rates",
      el("span", "blue", icon(icons.down), this.#received.root),
      el("span", "orange up", icon(icons.down), this.#sent.root),
    );
    this.root = el(
      "div",
      "grid",
      card("wide", "Traffic", icons.network, rates, this.#chart.root, this.#stale.root,
        facts(this.#in, this.#out, this.#packets, this.#errors, this.#dropped)),
      card("", "Interface", icons.plug, null,
        factList(this.#state, this.#speed, this.#ipv4, this.#hardware, this.#mtu)),
    );
  }

  update(reading: Gateway.Interface, period: number): void {
    this.#received.update(bitRate(reading.receive_rate));
    this.#sent.update(bitRate(reading.send_rate));
    this.#state.update(reading.state);
    this.#speed.update(reading.speed === null ? null : linkSpeed(reading.speed));
    this.#ipv4.update(reading.ipv4);
    this.#hardware.update(reading.hardware);
    this.#mtu.update(reading.mtu === null ? null : joined([count(reading.mtu), "bytes"]));
    this.#packets.update(reading.packet_rate === null ? null : count(reading.packet_rate));
    this.#in.update(joined(bytes(reading.received)));
    this.#out.update(joined(bytes(reading.sent)));
    this.#errors.update(count(reading.errors));
    this.#dropped.update(count(reading.dropped));
    this.#stale.update([{ stale: reading.stale, age: reading.age }]);
    this.#chart.update(period);
  }

  close(): void {
    this.#chart.close();
  }
}
