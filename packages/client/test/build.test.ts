import { describe, expect, test } from "vitest";
import type { BuildChange } from "../src/index.js";
import { mount } from "./support/mount.js";
import { ROOT_ID } from "./support/envelopes.js";

async function follow() {
  const { connection, channel } = await mount();
  const seen: BuildChange[] = [];
  const off = connection.onBuildChange((change) => seen.push(change));
  const rejoin = (build?: unknown) => channel.joinPush.reply("ok", { root_id: ROOT_ID, build });
  return { connection, seen, off, rejoin };
}

describe("onBuildChange", () => {
  test("is silent for the first build and for the same one again", async () => {
    const { seen, rejoin } = await follow();
    rejoin("a1");
    rejoin("a1");
    expect(seen).toEqual([]);
  });

  test("tells once that a later join reports another build", async () => {
    const { connection, seen, rejoin } = await follow();
    rejoin("a1");
    expect(connection.buildChange()).toBeUndefined();
    rejoin("b2");
    rejoin("b2");
    expect(seen).toEqual([{ from: "a1", to: "b2" }]);
    expect(connection.buildChange()).toBe(seen[0]);
  });

  test("is silent when the build that the page was loaded with returns", async () => {
    const { connection, seen, rejoin } = await follow();
    rejoin("a1");
    rejoin("b2");
    rejoin("a1");
    expect(seen).toEqual([{ from: "a1", to: "b2" }]);
    expect(connection.buildChange()).toBeUndefined();
  });

  test("takes a server that reports no build", async () => {
    const { seen, rejoin } = await follow();
    rejoin();
    rejoin(7);
    rejoin("a1");
    rejoin();
    expect(seen).toEqual([]);
  });

  test("can be given up, and ends with the connection", async () => {
    const { connection, seen, off, rejoin } = await follow();
    rejoin("a1");
    off();
    rejoin("b2");
    connection.onBuildChange((change) => seen.push(change));
    await connection.disconnect();
    rejoin("c3");
    expect(seen).toEqual([]);
  });
});
