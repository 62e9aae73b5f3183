// A realistic network: it loses frames, and sometimes it fails completely.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser } from "./clients.mjs";
import { Pinger } from "./ping.mjs";
import { suite } from "./suite.mjs";

export function network(four) {
  suite("over a bad network", four, { wire: true, stepped: true }, (here) => {
    const open = (id) => here.board.wait(Browser.open(here.port, id), 60);
    /** One client sends a command, and all see its effect. */
    async function agree(browsers, from, celsius, seconds = 60) {
      const { board } = here;
      assert.deepEqual(await board.wait(browsers[from].command("set_target", { celsius }), seconds), { ok: {} });
      await board.until(() => browsers.every((each) => each.state.target === celsius), "all to know", seconds);
    }

    it("nothing is missed when three frames of a hundred are lost, each way", async () => {
      const { board } = here;
      board.wire.loss = 0.03;
      const browsers = [await open("one"), await open("two"), await open("three")];
      for (let round = 0; round < 60; ++round) {
        await agree(browsers, round % 3, 10 + (round % 15));
        if (round % 20 === 19) {
          const page = await board.wait(fetch(`http://127.0.0.1:${here.port}/`), 60);
          assert.ok((await board.wait(page.text(), 60)).includes("</html>"));
        }
        await board.run(3);
      }
      const { lost, carried } = board.wire;
      console.log(`    ${lost} frames of ${carried} lost`);
      assert.ok(lost > 20);
      assert.deepEqual(
        browsers.map((each) => each.opened),
        [1, 1, 1],
        "nobody had to connect anew",
      );
      board.wire.loss = 0;
      await board.wait(Promise.all(browsers.map((each) => each.close())));
      await board.settled();
    });

    it("a ping is answered", async () => {
      const { board } = here;
      const pinger = Pinger.open(board.wire);
      await board.until(() => pinger.knows_the_board, "its Ethernet address");
      pinger.ping();
      await board.until(() => pinger.answered === 1, "the answer");
    });

    it("clients go on where they were when the link was down for some seconds", async () => {
      const { board } = here;
      const browsers = [await open("one"), await open("two")];
      await agree(browsers, 0, 17);
      await board.link(false);
      await board.run(8);
      await board.link(true);
      await agree(browsers, 1, 23);
      assert.deepEqual(
        browsers.map((each) => each.opened),
        [1, 1],
        "nobody had to connect anew",
      );
      await board.wait(Promise.all(browsers.map((each) => each.close())));
      await board.settled();
    });

    it("clients connect anew when it was down for minutes, and find the board as they left it", async () => {
      const { board } = here;
      const browsers = [await open("one"), await open("two")];
      await agree(browsers, 0, 17);
      await board.link(false);
      await board.run(30);
      for (const each of browsers) each.miss_heartbeat();
      await board.run(90);
      const { pools } = await board.metrics();
      assert.equal(pools.connections[0].used, 0, "who is not heard of has no place any more");
      await board.link(true);
      await board.until(() => browsers.every((each) => each.opened === 2), "new sockets", 300);
      await board.until(() => browsers.every((each) => each.state.target === 17), "the state", 60);
      await agree(browsers, 1, 23);
      await board.wait(Promise.all(browsers.map((each) => each.close())));
      await board.settled();
    });
  });
}
