// The firmware that leaves out all that a switch can leave out (docs/size.md): what it answers instead.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser, Raw, frame, upgrade } from "./clients.mjs";
import { Emulator } from "./emulator.mjs";
import { Pinger } from "./ping.mjs";
import { suite } from "./suite.mjs";

export function without(elf) {
  suite("the smallest firmware", elf, { stepped: true, wire: true }, (here) => {
    /** What the board answers to these lines of a request, which asks it to close. */
    async function answer(...lines) {
      const { board } = here;
      const raw = await board.wait(Raw.open(here.port));
      raw.tcp.write([...lines, "Connection: close", "", ""].join("\r\n"));
      await board.until(() => raw.ended, "the end of the response");
      return raw.received;
    }
    /** What the board sends after this, before it ends the WebSocket. */
    async function end_of_websocket(sent) {
      const { board } = here;
      const raw = await board.wait(Raw.open(here.port));
      raw.tcp.write(upgrade);
      await board.until(() => raw.received.includes("\r\n\r\n"), "the upgrade");
      raw.tcp.write(sent);
      await board.until(() => raw.ended, "its end");
      return Buffer.from(raw.received.split("\r\n\r\n")[1], "latin1");
    }

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

    it("answers with a status, but no phrase and no reason", async () => {
      assert.match(await answer("GET /nowhere HTTP/1.1", "Host: 192.0.2.1"), /^HTTP\/1\.1 404 \r\nContent-Length: 0\r\n/);
      assert.match(await answer("GET / HTTP/1.1", "Host: elsewhere.example"), /^HTTP\/1\.1 403 \r\nContent-Length: 0\r\n/);
      assert.match(await answer("GET / HTTP/1.1"), /^HTTP\/1\.1 400 \r\nContent-Length: 0\r\n/);
    });

    it("still tells a page why its WebSocket was refused, by the status", async () => {
      const socket = ["GET /socket/websocket?vsn=2.0.0 HTTP/1.1", "Host: 192.0.2.1"];
      const strange = await answer(...socket, "X-Socket-Origin: http://elsewhere.example");
      assert.match(strange, /^HTTP\/1\.1 403 \r\nContent-Length: 0\r\n/);
      assert.match(await answer(...socket), /^HTTP\/1\.1 400 \r\nContent-Length: 0\r\n/, "nothing is wrong with it");
    });

    it("sends the compressed file to everyone, even to a client that has it", async () => {
      for (const field of ["Accept-Encoding: identity", "If-None-Match: *"]) {
        const page = await answer("GET / HTTP/1.1", "Host: 192.0.2.1", field);
        assert.match(page, /^HTTP\/1\.1 200 \r\n/);
        assert.match(page, /\r\nContent-Encoding: gzip\r\n/);
        assert.doesNotMatch(page, /\r\n(ETag|Vary):/);
      }
    });

    it("ends a connection that sends a binary message or one that is too long, and no other", async () => {
      const { board } = here;
      const other = await board.wait(Browser.open(here.port, "other"));
      const push = Buffer.from([0, 1, 1, 7, 5, ...Buffer.from("11phoenixchunkfile")]);
      assert.deepEqual([...(await end_of_websocket(frame(push, 2)))], [0x88, 2, 0x03, 0xea], "1002");
      const long = JSON.stringify(["1", "1", "phoenix", "heartbeat", { filler: "x".repeat(2_000) }]);
      assert.deepEqual([...(await end_of_websocket(frame(long)))], [0x88, 2, 0x03, 0xf1], "1009");
      const [begin, end] = [frame("x".repeat(700)), frame("x".repeat(700), 0)];
      begin[0] &= 0x7f; // not the last fragment
      const parts = Buffer.concat([begin, frame("still here?", 9), end]);
      const pong = Buffer.concat([Buffer.from([0x8a, 11]), Buffer.from("still here?")]);
      assert.deepEqual([...(await end_of_websocket(parts))], [...pong, 0x88, 2, 0x03, 0xf1], "1009 behind the pong");
      const huge = Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // a TiB is announced
      assert.deepEqual([...(await end_of_websocket(huge))], [0x88, 2, 0x03, 0xf1], "1009 at once");
      assert.deepEqual(await board.wait(other.command("set_mode", { mode: "eco" })), { ok: {} });
      await board.wait(other.close());
      await board.settled();
    });

    it("does not answer pings", async () => {
      const { board } = here;
      const pinger = Pinger.open(board.wire);
      await board.until(() => pinger.knows_the_board, "its Ethernet address");
      pinger.ping();
      await board.run(2);
      assert.equal(pinger.answered, 0);
    });
  });

  it("the smallest firmware restarts after a fault, and says nothing of it", async () => {
    const board = await Emulator.start(elf);
    try {
      board.type("!").end();
      await board.until(() => board.serial().split("ready").length === 3, "the restart");
      assert.ok(!board.serial().includes("fault"));
    } finally {
      await board.stop();
    }
  });
}
