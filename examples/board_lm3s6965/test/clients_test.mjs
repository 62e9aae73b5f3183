// The thermostat and its regular clients.
import assert from "node:assert/strict";
import { it } from "node:test";
import { gunzipSync } from "node:zlib";
import { Browser, Raw, upgrade } from "./clients.mjs";
import { suite } from "./suite.mjs";

/** A full board says why it has no room. */
export async function refuses_one_more({ board, port }) {
  const refused = await board.wait(Raw.open(port));
  refused.tcp.write(upgrade);
  await board.until(() => refused.ended, "the refusal");
  assert.match(refused.received, /^HTTP\/1\.1 503 /);
  assert.match(refused.received, /Retry-After: \d+/);
  assert.match(refused.received, /pool exhausted: connections/);
}

export function clients(four) {
  suite("a thermostat for four browsers", four, { stepped: true }, (here) => {
    it("serves its page compressed, and not again", async () => {
      const { board } = here;
      const url = `http://127.0.0.1:${here.port}/`;
      const first = await board.wait(fetch(url));
      assert.equal(first.status, 200);
      const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await board.wait(first.text()))[1];
      const again = await board.wait(fetch(url, { headers: { "If-None-Match": first.headers.get("etag") } }));
      assert.equal(again.status, 304);
      const raw = await board.wait(Raw.open(here.port));
      raw.tcp.write(`GET /${script} HTTP/1.1\r\nHost: 192.0.2.1\r\nConnection: close\r\n\r\n`);
      await board.until(() => raw.ended, "the end of the script");
      const body = Buffer.from(raw.received, "latin1");
      const start = body.indexOf("\r\n\r\n") + 4;
      assert.ok(gunzipSync(body.subarray(start)).toString().includes("Home.Stores.Thermostat"));
    });

    it("shows a command of one browser in the other", async () => {
      const { board } = here;
      const one = await board.wait(Browser.open(here.port, "one", { room: "kitchen" }));
      const two = await board.wait(Browser.open(here.port, "two"));
      await board.until(() => one.state && two.state, "the first states");
      assert.equal(one.state.room, "kitchen");
      assert.deepEqual(await board.wait(one.command("set_target", { celsius: 24 })), { ok: {} });
      assert.deepEqual(await board.wait(two.command("set_mode", { mode: "eco" })), { ok: {} });
      await board.until(() => two.state.target === 24 && one.state.mode === "eco", "the changes of the other");
      const before = one.state.temperature;
      await board.until(() => one.state.temperature !== before, "the room to change its temperature");
      await Promise.all([one.close(), two.close()]);
      await board.settled();
    });

    it("answers a command that does not fit, or that the store refuses, with the reason", async () => {
      const { board } = here;
      const one = await board.wait(Browser.open(here.port, "one"));
      assert.deepEqual(await board.wait(one.command("set_target", { celsius: "warm" })), {
        error: { reason: "invalid payload", field: "celsius", expected: "integer" },
      });
      assert.deepEqual(await board.wait(one.command("set_target", { celsius: 99 })), {
        error: { reason: "invalid payload", field: "celsius", expected: "integer from 5 to 30" },
      });
    });
  });
}

export function crowd(most) {
  suite("a thermostat for 24 browsers", most, { stepped: true }, (here) => {
    it("tells all of them, refuses one more, and lets it in when one leaves", async () => {
      const { board } = here;
      const browsers = [];
      for (let i = 0; i < 24; ++i) browsers.push(await board.wait(Browser.open(here.port, `b${i}`)));
      await board.until(() => browsers.every((each) => each.state), "24 first states");
      for (const celsius of [17, 25, 19]) {
        const answer = await board.wait(browsers[celsius % 24].command("set_target", { celsius }));
        assert.deepEqual(answer, { ok: {} });
        await board.until(() => browsers.every((each) => each.state.target === celsius), "24 patches");
      }
      await refuses_one_more(here);
      await board.wait(browsers.pop().close());
      browsers.push(await board.wait(Browser.open(here.port, "next")));
      await board.until(() => browsers.at(-1).state?.target === 19, "the state of the next");
      await board.wait(Promise.all(browsers.map((each) => each.close())));
      await board.settled();
    });
  });
}
