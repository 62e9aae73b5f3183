// Clients that behave badly. The others still get their updates, and everything the bad one held is released.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser, command_message, frame, join_message, upgrade } from "./clients.mjs";
import { garbage } from "./garbage.mjs";
import { Peer } from "./peer.mjs";
import { Pinger } from "./ping.mjs";
import { suite } from "./suite.mjs";
import { Tab } from "./tab.mjs";

/** Seconds of the board's clock that a client waits at most, whatever the others do. */
const patience = { command: 1, newcomer: 2 };

export function hostile(four) {
  suite("the others are served on", four, { wire: true, stepped: true }, (here) => {
    /**
     * The other clients: two tabs; one changes the target, and both see it. The first is on the wire, so that its
     * times are exact; QEMU's network takes its own on a busy machine, and more where a frame is lost.
     */
    async function others(board) {
      const one = await Tab.open(board, "one", 50);
      const two = await board.wait(Browser.open(here.port, "two"));
      const times = [];
      let celsius = 10;
      return {
        served: async () => {
          celsius = 10 + ((celsius + 1) % 15);
          two.heartbeat();
          const before = board.seconds;
          await one.command("set_target", { celsius }, patience.command);
          times.push(board.seconds - before);
          await board.until(() => one.state.target === celsius && two.state.target === celsius, "their patches");
        },
        leave: async () => {
          console.log(`    commands: ${times.length}, answered within ${Math.max(...times).toFixed(1)} s`);
          await one.close();
          await board.wait(two.close());
        },
      };
    }
    /** Somebody who joins now, in time. */
    async function newcomer(board) {
      const before = board.seconds;
      const tab = await Tab.open(board, "newcomer", 51);
      const took = board.seconds - before;
      assert.ok(took < patience.newcomer, `a newcomer is in after ${took.toFixed(1)} s`);
      await tab.close();
    }
    /** The station of a page of its own, which behaves as the test says. */
    const joined = async (board, name) => (await Tab.open(board, name)).peer;

    it("while one stops reading", async () => {
      const { board } = here;
      const tabs = await others(board);
      const deaf = await joined(board, "deaf");
      deaf.window = 0;
      deaf.announce();
      const before = board.seconds;
      while (!deaf.refused && board.seconds < before + 120) {
        await tabs.served();
        await board.run(1);
      }
      assert.ok(deaf.refused, "the deaf one is cut off in the end");
      const { closed_idle, closed_by_peer } = await board.metrics();
      assert.deepEqual({ closed_idle, closed_by_peer }, { closed_idle: 1, closed_by_peer: 0 }, "it, and nobody else");
      await tabs.leave();
      await board.settled();
    });

    it("while one stops reading for ten seconds, which it survives", async () => {
      const { board } = here;
      const tabs = await others(board);
      const deaf = await joined(board, "deaf");
      deaf.window = 0;
      deaf.announce();
      for (let i = 0; i < 10; ++i) {
        await tabs.served();
        await board.run(1);
      }
      const kept = deaf.received.length;
      deaf.window = 4096;
      deaf.announce();
      await board.until(() => deaf.received.length > kept + 200, "the news");
      assert.ok(!deaf.ended);
      deaf.send(frame(command_message("deaf", 7, "set_target", { celsius: 29 })));
      await board.until(() => deaf.received.includes('"7"'), "its reply");
      deaf.reset();
      await tabs.leave();
      await board.settled();
    });

    it("while one dribbles its handshake byte by byte", async () => {
      const { board } = here;
      const slow = Peer.open(board.wire);
      await board.until(() => slow.connected, "its connection");
      const tabs = await others(board); // let in beside it
      for (const byte of upgrade) {
        slow.send(byte, 1);
        if (board.seconds % 1 < 0.1) await tabs.served();
        await board.run(0.1);
      }
      await board.until(() => slow.ended, "the end of its patience, or of ours");
      assert.ok(!slow.received.includes("101"), "a request head has ten seconds");
      await tabs.served();

      const quicker = Peer.open(board.wire);
      await board.until(() => quicker.connected, "its connection");
      for (let at = 0; at < upgrade.length; at += 4) {
        for (const byte of upgrade.slice(at, at + 4)) quicker.send(byte, 1);
        await board.run(0.1);
      }
      await board.until(() => quicker.received.includes("101 "), "its upgrade");
      await tabs.served();
      quicker.reset();
      await tabs.leave();
      await board.settled();
    });

    it("and a newcomer is let in, while handshakes are begun and not completed", async () => {
      const { board } = here;
      const tabs = await others(board);
      for (let round = 0; round < 6; ++round) {
        for (let i = 0; i < 2; ++i) {
          const gone = Peer.open(board.wire);
          gone.deaf = true;
          await board.until(() => gone.board_mac !== undefined, "its first segment");
          gone.vanish();
        }
        await newcomer(board);
        await tabs.served();
        await board.run(4);
      }
      await tabs.leave();
      await board.settled();
    });

    it("while one floods with commands and reads no answer", async () => {
      const { board } = here;
      const tabs = await others(board);
      const flood = await joined(board, "flood");
      flood.window = 0;
      for (let i = 0; i < 2000; ++i) {
        flood.send(frame(command_message("flood", i + 2, "set_mode", { mode: i % 2 ? "eco" : "comfort" })));
        if (i % 100 === 99) await tabs.served();
      }
      await board.until(() => flood.refused, "the end of it", 120);
      await tabs.served();
      await tabs.leave();
      await board.settled();
    });

    it("while one floods with segments beyond the window, and with garbage", async () => {
      const { board } = here;
      const tabs = await others(board);
      const flood = await joined(board, "flood");
      for (let i = 0; i < 40; ++i) {
        flood.flood(Buffer.alloc(16 * 536, i));
        if (i % 4 === 3) await tabs.served();
        await board.run(0.1);
      }
      flood.reset();
      await tabs.leave();
      await board.settled();
    });

    for (const [name, frames] of Object.entries(garbage)) {
      it(`while the wire is full of ${name}, and a newcomer is let in`, async () => {
        const { board } = here;
        const tabs = await others(board);
        const station = Pinger.open(board.wire);
        await board.until(() => station.knows_the_board, "its Ethernet address");
        for (const [at, frame] of frames.entries()) {
          board.wire.toBoard(Buffer.concat([station.board_mac, station.mac, frame]));
          if (at % 10 === 9) await board.run(0.1);
          if (at % 50 === 49) await tabs.served();
          if (at % 100 === 49) await newcomer(board);
        }
        await tabs.served();
        await newcomer(board);
        await tabs.leave();
        await board.settled();
      });
    }

    it("while sixty clients ask for the page twice each", async () => {
      const { board } = here;
      const tabs = await others(board);
      const question = "GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n";
      const answers = (peer) => peer.received.split("HTTP/1.1 200 OK").length - 1;
      for (let wave = 0; wave < 12; ++wave) {
        const peers = [...Array(5)].map(() => Peer.open(board.wire));
        for (const each of peers) each.send(question);
        for (const each of peers) await board.until(() => answers(each) === 1, "the page", 60);
        for (const each of peers) each.send(question);
        // who is between two requests gives way first, and would ask on a new connection
        for (const each of peers) await board.until(() => answers(each) === 2 || each.ended, "the page again", 60);
        await tabs.served();
        for (const each of peers) if (!each.ended) each.reset();
      }
      await tabs.leave();
      await board.settled();
    });

    it("while some vanish without a word", async () => {
      const { board } = here;
      const tabs = await others(board);
      const first = await joined(board, "first");
      const second = await joined(board, "second");
      first.vanish();
      second.vanish();
      const half = Peer.open(board.wire);
      await board.until(() => half.connected, "its connection");
      half.send(upgrade.slice(0, 60));
      await board.run(0.1);
      half.vanish();
      for (let i = 0; i < 30; ++i) {
        await tabs.served();
        await board.run(1);
      }
      await board.until(async () => (await board.metrics()).pools.connections[0].used === 2, "their slots", 60);
      const next = await board.wait(Browser.open(here.port, "next"));
      await board.wait(next.close());
      await tabs.leave();
      await board.settled();
    });

    it("while others come and go without a word, at every moment of a handshake", async () => {
      const { board } = here;
      const tabs = await others(board);
      for (let round = 0; round < 24; ++round) {
        const peer = Peer.open(board.wire);
        await board.until(() => peer.connected, "its connection");
        peer.send(upgrade.slice(0, 20 + round * 12));
        if (round > 16) peer.send(frame(join_message("gone")));
        await board.run(0.1);
        peer.reset();
        if (round % 4 === 0) await tabs.served();
      }
      await tabs.leave();
      await board.settled();
    });
  });
}
