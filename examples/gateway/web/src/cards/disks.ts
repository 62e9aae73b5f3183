import { Chart } from "../chart.js";
import { el, icon, setShown, setText, ViewList } from "../dom.js";
import { byteRate, bytes, joined } from "../format.js";
import { icons } from "../icons.js";
import { byName } from "../natural.js";
import { Bar, card, Hidden, whenFull, type Tone, Stale } from "../parts.js";
import { routeTo } from "../route.js";
import type { Past } from "../past.js";
import { Machine, type Overview } from "../stores.js";

/** How full the disk is, computed as by df: a share of the space that programs can use. */
export function fullness({ space }: Gateway.Disk): number | null {
  const usable = space.used + space.available;
  return usable === 0 ? null : (100 * space.used) / usable;
}

/** A read-only disk is always full, which is no reason to worry. */
export function toneOf(disk: Gateway.Disk): Tone {
  return disk.read_only ? "plain" : whenFull(fullness(disk));
}

/** Every disk and how full it is, and the total read and written. */
export class DisksCard {
  readonly root: HTMLElement;
  readonly #legend = el("span", "legend", el("span", "violet", "read"), el("span", "orange", "write"));
  readonly #chart: Chart;
  readonly #list = el("ul", "rows");
  readonly #rows = new ViewList<Gateway.Disk>(this.#list, ({ name }) => name, row);
  readonly #hidden = new Hidden("disk", "disks");
  readonly #stale = new Stale();
  readonly #empty = el("p", "empty", "No disk of this machine is mounted.");

  constructor(past: Past) {
    this.#chart = new Chart({
      label: "Disks",
      lines: [
        { name: "read", series: past.of(Machine.read), color: "--violet" },
        { name: "write", series: past.of(Machine.written), color: "--orange", mirrored: true },
      ],
      format: byteRate,
      base: 1024,
      least: 10 * 1024,
    });
    this.root = card("", "Disks", icons.disk, this.#legend, this.#chart.root, this.#list, this.#hidden.root, this.#stale.root, this.#empty);
  }

  update({ storage: { disks, disks_hidden }, period }: Overview): void {
    this.#rows.update(byName(disks));
    this.#hidden.update(disks_hidden);
    this.#stale.update(disks);
    setShown(this.#empty, disks.length === 0);
    const counted = disks.some(({ read }) => read !== null);
    for (const each of [this.#legend, this.#chart.root]) setShown(each, counted);
    this.#chart.update(period);
  }
}

function row({ name }: Gateway.Disk) {
  const mount = el("b");
  const bar = new Bar("violet");
  const room = el("span", "muted");
  const link = el(
    "a",
    "row tall",
    el("span", "name", mount, el("span", "muted", name)),
    room,
    icon(icons.next),
    bar.root,
  );
  link.href = routeTo("disk", name);
  return {
    root: el("li", "", link),
    update(disk: Gateway.Disk): void {
      setText(mount, disk.mount);
      bar.update(fullness(disk), toneOf(disk));
      const { used, available } = disk.space;
      setText(room, `${joined(bytes(used))} of ${joined(bytes(used + available))}`);
    },
  };
}
