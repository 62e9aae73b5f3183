import { describe, expect, test, vi } from "vitest";
import { Listeners } from "../src/listeners.js";

describe("Listeners", () => {
  test("counts the same callback as often as it was added", () => {
    const listeners = new Listeners<number>();
    const call = vi.fn();
    const off = listeners.add("a", call);
    listeners.add("a", call);
    listeners.emit("a", 1);
    expect(call).toHaveBeenCalledTimes(2);
    off();
    off();
    listeners.emit("a", 2);
    expect(call).toHaveBeenCalledTimes(3);
  });

  test("calls those that were there when it began", () => {
    const listeners = new Listeners<void>();
    const late = vi.fn();
    listeners.add("a", () => listeners.add("a", late));
    listeners.emit("a");
    expect(late).not.toHaveBeenCalled();
    listeners.emit("a");
    expect(late).toHaveBeenCalledTimes(1);
  });

  test("goes on after one that throws, and says so", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const listeners = new Listeners<void>();
    const second = vi.fn();
    listeners.add("a", () => {
      throw new Error("broken");
    });
    listeners.add("a", second);
    listeners.emit("a");
    expect(second).toHaveBeenCalledTimes(1);
    expect(error).toHaveBeenCalledTimes(1);
  });
});
