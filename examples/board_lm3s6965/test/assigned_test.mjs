// The firmware whose address the network assigns: BOARD_DHCP.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser } from "./clients.mjs";
import { suite } from "./suite.mjs";

export function assigned(elf) {
  suite("an address from the network", elf, { stepped: true, wire: true, stack: 2048 }, (here) => {
    it("is used for its page and its stores, and kept while the link is down", async () => {
      const { board } = here;
      for (const degrees of [18, 23]) {
        // forwarded to the address that QEMU's network assigns; until then the board has none
        const page = await board.wait(fetch(`http://127.0.0.1:${here.port}/`));
        assert.equal(page.status, 200);
        await board.wait(page.text());
        const browser = await board.wait(Browser.open(here.port, `at-${degrees}`));
        assert.deepEqual(await board.wait(browser.command("set_target", { celsius: degrees })), { ok: {} });
        await board.until(() => browser.state.target === degrees, "its effect");
        await board.wait(browser.close());
        await board.link(false);
        await board.run(5);
        await board.link(true);
      }
      await board.settled();
    });
  });
}
