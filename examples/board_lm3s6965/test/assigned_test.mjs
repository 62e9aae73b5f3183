// The firmware whose address the network assigns: BOARD_DHCP.
import assert from "node:assert/strict";
import { get } from "node:http";
import { it } from "node:test";
import { Browser } from "./clients.mjs";
import { suite } from "./suite.mjs";

/** The status of its page, on a connection of its own. */
function status(port) {
  return new Promise((done, failed) => {
    const asked = get({ host: "127.0.0.1", port, agent: false }, (response) => {
      response.resume().on("end", () => done(response.statusCode));
    });
    asked.on("error", failed);
  });
}

export function assigned(elf) {
  suite("an address from the network", elf, { stepped: true, wire: true }, (here) => {
    it("is used for its page and its stores, and kept while the link is down", async () => {
      const { board } = here;
      assert.ok(board.wire.asked_for_address >= 2, "a DISCOVER and a REQUEST");
      const asked = board.wire.asked_for_address;
      for (const degrees of [18, 23]) {
        // forwarded to the address that QEMU's network assigns; until then the board has none
        assert.equal(await board.wait(status(here.port)), 200);
        const browser = await board.wait(Browser.open(here.port, `at-${degrees}`));
        assert.deepEqual(await board.wait(browser.command("set_target", { celsius: degrees })), { ok: {} });
        await board.until(() => browser.state.target === degrees, "its effect");
        await board.wait(browser.close());
        await board.link(false);
        await board.run(5);
        await board.link(true);
      }
      assert.equal(board.wire.asked_for_address, asked, "it has its address for a day");
      await board.settled();
    });
  });
}
