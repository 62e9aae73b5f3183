// The firmware with the link to a broker: a real one, one that goes and comes back, and false ones.
import assert from "node:assert/strict";
import { beforeEach, it } from "node:test";
import { Browser } from "./clients.mjs";
import { Emulator, pause } from "./emulator.mjs";
import { accepted, Client, eachPacket, falseBroker, message, messageIn, Mosquitto } from "./mosquitto.mjs";
import { suite } from "./suite.mjs";

const reading = "plant/board/reading";
const target = "plant/board/target";
const online = "plant/board/online";

export function broker(elf) {
  let mosquitto, other;
  const served = {
    stack: 2560,
    async before() {
      mosquitto = await Mosquitto.start();
      return { broker: mosquitto.port, stepped: true };
    },
    async after() {
      other?.close();
      await mosquitto.stop();
    },
  };
  suite("a board at a broker", elf, served, (here) => {
    beforeEach(async () => {
      other = await Client.open(mosquitto.port, "other", "plant/#");
      await here.board.until(() => other.values[target] !== undefined, "its first values");
    });

    it("publishes its readings, and takes and tells the target", async () => {
      const { board } = here;
      const first = JSON.parse(other.values[reading]);
      assert.equal(first.site, "board");
      assert.ok(first.temperature > 5 && first.temperature < 30, other.values[reading]);
      assert.equal(other.values[online], "true");
      assert.equal(other.values[target], "21");
      await board.until(() => JSON.parse(other.values[reading]).temperature !== first.temperature, "another reading");

      const browser = await board.wait(Browser.open(here.port, "one"));
      await board.until(() => browser.state, "the first state");
      await board.run(3);
      other.publish(target, "24", true);
      await board.until(() => browser.state.target === 24, "the target of the other");
      assert.deepEqual(await board.wait(browser.command("set_target", { celsius: 17 })), { ok: {} });
      await board.until(() => other.values[target] === "17", "the target of the browser");
      await browser.close();
    });

    it("ignores what does not fit, and takes back a target that the heating refuses", async () => {
      const { board } = here;
      await board.run(3);
      for (const payload of ["", "warm", '"24"', "24.5", "[24]", '{"celsius":24}', "2".repeat(300), "9".repeat(100)]) {
        other.publish(target, payload);
      }
      other.publish(`plant/${"long/".repeat(60)}target`, "24");
      other.publish(target, "99", true);
      await board.until(() => other.values[target] === "21", "the target that it had");
      other.publish(target, "22");
      await board.run(3);
      other.publish(target, "23");
      const browser = await board.wait(Browser.open(here.port, "one"));
      await board.until(() => browser.state?.target === 23, "a target that fits");
      await browser.close();
    });

    it("says that the broker is gone, and tells one that comes back without its memory the latest", async () => {
      const { board } = here;
      await mosquitto.kill();
      await board.until(() => board.serial().includes("broker: the broker"), "it to notice");
      const browser = await board.wait(Browser.open(here.port, "one"));
      await board.until(() => browser.state, "the first state");
      for (const celsius of [18, 25, 19]) {
        assert.deepEqual(await board.wait(browser.command("set_target", { celsius })), { ok: {} });
      }
      await board.run(60);
      await mosquitto.again();
      other = await Client.open(mosquitto.port, "other", "plant/#");
      await board.until(() => other.values[target] === "19", "the latest target", 120);
      await board.until(() => other.values[online] === "true" && other.values[reading], "the rest");
      await browser.close();
      await board.settled();
    });

    it("serves its page while others send it a thousand messages", async () => {
      const { board } = here;
      const browser = await board.wait(Browser.open(here.port, "one"));
      await board.until(() => browser.state, "the first state");
      await board.run(3);
      for (let i = 0; i < 1000; ++i) other.publish(target, String(10 + (i % 15)), true);
      other.publish(target, "28", true);
      await board.until(() => browser.state.target === 28, "the last of them", 60);
      assert.deepEqual(await board.wait(browser.command("set_target", { celsius: 17 })), { ok: {} });
      await board.until(() => other.values[target] === "17", "the target of the browser");
      await browser.close();
      await board.settled();
    });
  });

  it("a board that loses its power is said to be gone, by its will", async () => {
    mosquitto = await Mosquitto.start();
    const board = await Emulator.start(elf, { broker: mosquitto.port, stepped: true });
    try {
      other = await Client.open(mosquitto.port, "other", online);
      await board.until(() => other.values[online] === "true", "its arrival");
    } finally {
      await board.stop();
    }
    for (const end = Date.now() + 15_000; other.values[online] !== "false" && Date.now() < end; ) await pause(20);
    other.close();
    await mosquitto.stop();
    assert.equal(other.values[online], "false");
  });

  let liar;
  const bad = (answer) => ({
    stack: 2560,
    async before() {
      liar = await falseBroker(answer);
      return { broker: liar.port, stepped: true };
    },
    after: () => liar.stop(),
  });
  const received = new Set();
  const refusing = (socket) => {
    socket.write(accepted);
    eachPacket(socket, (whole) => {
      if (whole[0] >> 4 === 8) socket.write(Buffer.from([0x90, 3, whole[2], whole[3], 0x80]));
      if (whole[0] >> 4 !== 3) return;
      const { topic, rest } = messageIn(whole);
      received.add(topic);
      socket.write(Buffer.from([0x40, 2, rest[0], rest[1]]));
    });
  };
  suite("a board at a broker that refuses a subscription", elf, bad(refusing), (here) => {
    it("says which, and goes on to publish", async () => {
      const { board } = here;
      const said = `broker: ${target}: the broker refuses the subscription\n`;
      await board.until(() => board.serial().includes(said), said);
      received.clear();
      await board.until(() => received.has(reading), "a reading");
      assert.equal(liar.connections, 1);
    });
  });

  const answers = {
    "refuses it": [(socket) => socket.write(Buffer.from([0x20, 2, 0, 5])), "does not let this client in"],
    "is silent": [() => {}, "did not answer in time"],
    "hangs up": [(socket) => socket.destroy(), "ended the connection"],
    "speaks HTTP": [(socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"), "breaks the protocol"],
    "sends a length without an end": [(socket) => socket.write(Buffer.alloc(4000, 0xff)), "breaks the protocol"],
    "sends garbage later": [
      (socket) => socket.write(Buffer.concat([accepted, message(target, "2".repeat(200)), Buffer.alloc(3000, 0x30)])),
      "breaks the protocol",
    ],
  };
  for (const [what, [answer, said]] of Object.entries(answers)) {
    suite(`a board at a broker that ${what}`, elf, bad(answer), (here) => {
      it("says so, tries again, and serves its page", async () => {
        const { board } = here;
        await board.until(() => board.serial().includes(said), said);
        const browser = await board.wait(Browser.open(here.port, "one"));
        await board.until(() => browser.state, "the first state");
        const before = liar.connections;
        await board.until(() => liar.connections > before + 1, "it to try again", 120);
        await browser.close();
      });
    });
  }
}
