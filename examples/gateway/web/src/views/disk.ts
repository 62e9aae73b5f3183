import { fullness, toneOf } from "../cards/disks.js";
import { Chart } from "../chart.js";
import { el, icon, setText } from "../dom.js";
import { byteRate, bytes, count, joined, percent } from "../format.js";
import { icons } from "../icons.js";
import { Bar, card, Fact, factList, facts, Figure, Stale } from "../parts.js";
import type { Past } from "../past.js";
import { Traffic } from "../stores.js";

/** Details of one disk. */
export class DiskDetail {
  readonly root: HTMLElement;
  readonly #read = new Figure();
  readonly #written = new Figure();
  readonly #stale = new Stale();
  readonly #chart: Chart;
  readonly #full = new Figure();
  readonly #room = el("p", "sub");
  readonly #bar = new Bar("violet");
  readonly #busy = new Fact("Busy");
  readonly #in = new Fact("Read");
  readonly #out = new Fact("Written");
  readonly #mount = new Fact("Mounted at");
  readonly #filesystem = new Fact("File system");
  readonly #free = new Fact("Available");
  readonly #files = new Fact("Files");

  constructor(past: Past) {
    this.#chart = new Chart({
      label: "Traffic",
      lines: [
        { name: "read", series: past.of(Traffic.in), color: "--violet" },
        { name: "write", series: past.of(Traffic.out), color: "--orange", mirrored: true },
      ],
      format: byteRate,
      base: 1024,
      least: 10 * 1024,
    });
    this.#chart.root.classList.add("tall");
    const rates = el(
      "div",
      "rates",
      el("span", "violet up", icon(icons.down), this.#read.root),
      el("span", "orange", icon(icons.down), this.#written.root),
    );
    this.root = el(
      "div",
      "grid",
      card("wide", "Traffic", icons.disk, rates, this.#chart.root, this.#stale.root,
        facts(this.#in, this.#out, this.#busy)),
      card("", "Room", icons.memory, this.#full.root, this.#room, this.#bar.root,
        factList(this.#free, this.#files, this.#mount, this.#filesystem)),
    );
  }

  update(disk: Gateway.Disk, period: number): void {
    const { space } = disk;
    this.#read.update(byteRate(disk.read_rate));
    this.#written.update(byteRate(disk.write_rate));
    this.#full.update(percent(fullness(disk)));
    setText(this.#room, `${joined(bytes(space.used))} used of ${joined(bytes(space.size))}`);
    this.#bar.update(fullness(disk), toneOf(disk));
    this.#busy.update(disk.busy === null ? null : joined(percent(disk.busy)));
    this.#in.update(disk.read === null ? null : joined(bytes(disk.read)));
    this.#out.update(disk.written === null ? null : joined(bytes(disk.written)));
    this.#mount.update(disk.mount);
    this.#filesystem.update(disk.read_only ? `${disk.filesystem}, read-only` : disk.filesystem);
    this.#free.update(joined(bytes(space.available)));
    this.#files.update(space.files === 0 ? null : `${count(space.files_used)} of ${count(space.files)}`);
    this.#stale.update([{ stale: disk.stale, age: disk.age }]);
    this.#chart.update(period);
  }

  close(): void {
    this.#chart.close();
  }
}
