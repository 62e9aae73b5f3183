// A board with room for one browser, in 16 KiB of RAM.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Browser } from "./clients.mjs";
import { refuses_one_more } from "./clients_test.mjs";
import { in_chromium, is_live } from "./page_test.mjs";
import { suite } from "./suite.mjs";

export function alone(one) {
  suite("a thermostat for one browser", one, { stepped: true }, (here) => {
    it("answers its commands, refuses a second one, and lets it in when the first leaves", async () => {
      const { board } = here;
      const first = await board.wait(Browser.open(here.port, "first", { room: "kitchen" }));
      await board.until(() => first.state, "the first state");
      for (const celsius of [24, 17, 25]) {
        assert.deepEqual(await board.wait(first.command("set_target", { celsius })), { ok: {} });
        await board.until(() => first.state.target === celsius, "the patch");
        await refuses_one_more(here);
      }
      await board.wait(first.close());
      const second = await board.wait(Browser.open(here.port, "second"));
      await board.until(() => second.state?.target === 25, "the state of the second");
      await board.wait(second.close());
      await board.settled();
    });
  });

  in_chromium("its page in the only browser", one, (here, tab, refused_tab) => {
    it("is live in one tab, takes its command, and is live in a second one when the first is closed", async () => {
      const wrong = [];
      const first = await tab("desktop", wrong);
      await first.getByLabel("one degree more").click();
      await first.locator("#target").getByText("22 °C").waitFor();
      const second = await refused_tab();
      await first.getByRole("button", { name: "Eco" }).click();
      await first.locator('button[value="eco"][aria-pressed="true"]').waitFor();
      assert.deepEqual(wrong, []);
      await first.close();
      await is_live(second);
      await second.close();
      await here.board.settled(60);
    });
  });
}
