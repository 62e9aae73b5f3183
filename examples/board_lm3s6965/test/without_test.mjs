// The firmware that leaves out all that a switch can leave out (docs/size.md): what it answers instead.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser, Raw, frame, upgrade } from "./clients.mjs";
import { suite } from "./suite.mjs";

export function without(elf) {
  suite("the smallest firmware", elf, { stepped: true }, (here) => {
    it("has a page, commands and patches", async () => {
      const { board } = here;
      assert.equal((await board.wait(fetch(`http://127.0.0.1:${here.port}/`))).status, 200);
      const one = await board.wait(Browser.open(here.port, "one", { room: "kitchen" }));
      const two = await board.wait(Browser.open(here.port, "two"));
      assert.deepEqual(await board.wait(one.command("set_target", { celsius: 24 })), { ok: {} });
      await board.until(() => two.state?.target === 24, "the command of the other");
      assert.deepEqual(await board.wait(two.command("set_target", { celsius: 99 })), {
        error: { reason: "invalid payload", field: "celsius", expected: "integer from 5 to 30" },
      });
      await Promise.all([one.close(), two.close()]);
      await board.settled();
    });

    it("has responses with a status and no phrase", async () => {
      const { board } = here;
      const raw = await board.wait(Raw.open(here.port));
      raw.tcp.write("GET /nowhere HTTP/1.1\r\nHost: 192.0.2.1\r\nConnection: close\r\n\r\n");
      await board.until(() => raw.ended, "the end of the response");
      assert.match(raw.received, /^HTTP\/1\.1 404 \r\n/);
    });

    it("ends a connection that sends a binary message, and no other", async () => {
      const { board } = here;
      const other = await board.wait(Browser.open(here.port, "other"));
      const raw = await board.wait(Raw.open(here.port));
      raw.tcp.write(upgrade);
      await board.until(() => raw.received.includes("\r\n\r\n"), "the upgrade");
      const push = Buffer.from([0, 1, 1, 7, 5, ...Buffer.from("11phoenixchunkfile")]);
      raw.tcp.write(frame(push, 2));
      await board.until(() => raw.ended, "its end");
      assert.match(raw.received, /\x03\xeanot a channel message/); // 1002
      assert.deepEqual(await board.wait(other.command("set_mode", { mode: "eco" })), { ok: {} });
      await board.wait(other.close());
      await board.settled();
    });
  });
}
