/** So many arrivals are compared: a minute of them at the usual period. */
const WINDOW = 60;

/**
 * Where the gateway's times are on this page's clock. What arrives late has the same time as if it had
 * been on time: the quickest arrival of late decides, and the two clocks may drift apart slowly.
 */
export class DeviceClock {
  #shifts: number[] = [];

  /** Takes the gateway's time and when it arrived; answers what to add to a time of the gateway's. */
  take(deviceNow: number, pageNow: number): number {
    this.#shifts.push(pageNow - deviceNow);
    if (this.#shifts.length > WINDOW) this.#shifts.shift();
    return Math.min(...this.#shifts);
  }

  /** The gateway may have been started anew, and its clock with it. */
  reset(): void {
    this.#shifts = [];
  }
}
