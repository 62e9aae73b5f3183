/** The number of arrivals to compare: a minute of them at the default period. */
const WINDOW = 60;

/**
 * Converts the gateway's times to this page's clock. The fastest recent arrival decides, so that late
 * arrivals do not matter, and the two clocks may drift apart slowly.
 */
export class DeviceClock {
  #shifts: number[] = [];

  /** Takes a time of the gateway and its arrival; returns the difference to add to the gateway's times. */
  take(deviceNow: number, pageNow: number): number {
    this.#shifts.push(pageNow - deviceNow);
    if (this.#shifts.length > WINDOW) this.#shifts.shift();
    return Math.min(...this.#shifts);
  }

  /** Call when the gateway may have been restarted, and with it its clock. */
  reset(): void {
    this.#shifts = [];
  }
}
