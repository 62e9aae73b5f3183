// The firmware whose address the network assigns: BOARD_DHCP.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser, status } from "./clients.mjs";
import { suite } from "./suite.mjs";

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
