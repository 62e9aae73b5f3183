// The firmware that is found on the network: BOARD_MDNS.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { it } from "node:test";
import { status } from "./clients.mjs";
import { header, Querier, type } from "./querier.mjs";
import { suite } from "./suite.mjs";

const name = "thermostat-535542"; // the end of its Ethernet address

export function announced(elf) {
  suite("found on the network", elf, { wire: true, stepped: true, stack: 3072 }, (here) => {
    /** Asks until it is answered, as resolvers do. */
    async function resolve(querier, asked, kind) {
      for (let tries = 0; tries < 5; ++tries) {
        querier.ask(asked, kind);
        await here.board.run(1);
        const data = querier.answer(asked, kind);
        if (data !== undefined) return data;
      }
      assert.fail(`nobody answers for ${asked}: ${JSON.stringify(querier.heard)}`);
    }

    it("its stores are found by mDNS, with the build of its page, and its page is served by its name", async () => {
      const querier = new Querier(here.board.wire);
      const found = await resolve(querier, "_musubi._tcp.local", type.ptr);
      assert.equal(found, `${name}._musubi._tcp.local`);
      assert.deepEqual(await resolve(querier, found, type.srv), { port: 80, host: `${name}.local` });
      const [build, path, tls] = await resolve(querier, found, type.txt);
      assert.match(build, /^build=[0-9a-f]{16}$/);
      assert.deepEqual([path, tls], ["path=/socket/websocket", "tls=0"]);
      assert.equal(await resolve(querier, `${name}.local`, type.a), "10.0.2.15");

      const page = `${name}._http._tcp.local`;
      assert.equal(await resolve(querier, "_http._tcp.local", type.ptr), page);
      assert.deepEqual(await resolve(querier, page, type.txt), ["path=/"]);
      assert.equal(await here.board.wait(status(here.port, `${name}.local`)), 200);
      assert.equal(await here.board.wait(status(here.port, "attacker.local")), 403);
      await here.board.settled();
    });

    it("messages that are no mDNS change nothing", async () => {
      const querier = new Querier(here.board.wire);
      const loop = Buffer.from([0xc0, 12, 0, 12, 0, 1]); // a name that refers to itself
      querier.say(Buffer.concat([header({ questions: 1 }), loop]));
      querier.say(Buffer.concat([header({ flags: 0x8400, answers: 9 }), loop]));
      querier.say(header({ questions: 65535 }));
      querier.say(Buffer.alloc(3));
      for (let i = 0; i < 200; ++i) {
        querier.say(Buffer.concat([header({ questions: 1 + (i % 5), answers: i % 3 }), randomBytes(i)]));
        if (i % 4 === 3) await here.board.run(0.1);
      }
      assert.equal(await resolve(querier, `${name}.local`, type.a), "10.0.2.15");
      await here.board.settled();
    });
  });
}
