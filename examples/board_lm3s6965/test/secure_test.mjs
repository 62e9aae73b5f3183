// https and wss on a board: the npm phoenix client, openssl and Chromium, and clients that stop.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { Duplex } from "node:stream";
import { it } from "node:test";
import { connect as connectSecurely } from "node:tls";
import { start_chromium } from "./chromium.mjs";
import { Browser, Raw } from "./clients.mjs";
import { suite } from "./suite.mjs";

const question = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const beginning = Buffer.from([22, 3, 1, 2, 0, 1, 0]); // of a hello

/** A wire to the board that carries what `passes` lets through, in pieces of at most `most` bytes. */
async function wire(port, most = 65536) {
  const raw = connect(port, "127.0.0.1").setNoDelay();
  await new Promise((connected) => raw.once("connect", connected));
  const carried = new Duplex({
    read() {},
    write(bytes, _, done) {
      const left = carried.passes === undefined ? bytes : bytes.subarray(0, carried.passes);
      for (let at = 0; at < left.length; at += most) raw.write(left.subarray(at, at + most));
      done();
    },
  });
  raw.on("data", (bytes) => carried.push(bytes));
  raw.on("error", () => {});
  raw.on("close", () => {
    carried.ended = true;
    carried.push(null);
  });
  carried.raw = raw;
  return carried;
}

export function secure(elf) {
  const file = join(dirname(elf), "tls/ca.crt");
  const options = { serves: 443, stack: 4096 };
  const ca = () => readFileSync(file, "utf8");
  const get = (port, trusts = ca()) =>
    new Promise((answered, failed) => {
      request({ host: "localhost", port, path: "/", ca: trusts, agent: false }, (response) => {
        response.resume().on("end", () => answered(response.statusCode));
      })
        .on("error", failed)
        .end();
    });

  suite("a thermostat over https", elf, options, (here) => {
    /** What `openssl s_client` says; the board goes on meanwhile. */
    const handshake = (...more) =>
      new Promise((done) => {
        const trusts = more.includes("-no-CAfile") ? [] : ["-CAfile", file];
        const all = ["s_client", "-connect", `127.0.0.1:${here.port}`, "-verify_return_error", ...trusts, ...more];
        const client = spawn("openssl", all, { stdio: ["ignore", "pipe", "pipe"] });
        let said = "";
        client.stdout.setEncoding("utf8").on("data", (text) => (said += text));
        client.stderr.setEncoding("utf8").on("data", (text) => (said += text));
        client.on("close", () => done(said));
      });

    it("serves its page and its store, over wss, to who trusts its authority", async () => {
      assert.equal(await get(here.port), 200);
      await assert.rejects(get(here.port, []), /unable to (verify|get)/);
      const one = await Browser.open(here.port, "one", {}, ca());
      const two = await Browser.open(here.port, "two", {}, ca());
      await here.board.until(() => one.state && two.state, "the first states");
      assert.deepEqual(await one.command("set_target", { celsius: 24 }), { ok: {} });
      await here.board.until(() => two.state.target === 24, "the change of the other");
      await Promise.all([one.close(), two.close()]);
      await here.board.settled();
    });

    it("refuses other versions, ciphers and protocols", async () => {
      for (const [more, says] of [
        [["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], "alert protocol version"],
        [["-tls1_3"], "alert handshake failure"], // by its ciphers: Mbed TLS 2.28 does not know of 1.3
        [["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"], "alert handshake failure"],
        [["-alpn", "h2"], "alert no application protocol"],
        [["-no-CAfile", "-no-CApath"], "unable to get local issuer certificate"],
        [["-alpn", "h2,http/1.1"], "ALPN protocol: http/1.1"],
        [["-tls1_2"], "New, TLSv1.2, Cipher is ECDHE-ECDSA-AES128-GCM-SHA256"],
      ]) {
        assert.ok((await handshake(...more)).includes(says), `${more}: ${says}`);
      }
      const { tls_handshaken, ...counted } = await here.board.metrics();
      assert.equal(tls_handshaken, 2);
      for (const [why, count] of Object.entries({ version: 1, cipher: 2, protocol: 1, untrusted: 1, violation: 0 })) {
        assert.equal(counted[`tls_failed_${why}`], count, why);
      }
    });

    it("has two tabs of Chromium that follow each other", async () => {
      const browser = await start_chromium(file);
      try {
        const tabs = [];
        for (let i = 0; i < 2; ++i) {
          const tab = await browser.newPage();
          tab.setDefaultTimeout(15_000);
          tabs.push(tab);
          const sockets = [];
          tab.on("websocket", (socket) => sockets.push(socket.url()));
          await tab.goto(`https://localhost:${here.port}/`);
          await tab.locator("#link").getByText("live", { exact: true }).waitFor();
          assert.deepEqual(await tab.evaluate(() => [location.protocol, isSecureContext]), ["https:", true]);
          assert.ok(sockets.length === 1 && sockets[0].startsWith("wss:"), `${sockets}`);
        }
        await tabs[0].getByLabel("one degree more").click();
        await tabs[1].locator("#target").getByText("22 °C").waitFor();
        const { pools } = await here.board.metrics();
        assert.equal(pools.tls_memory[0].failures, 0);
      } finally {
        await browser.close();
      }
    });
  });

  suite("a board with TLS, and clients that stop", elf, { ...options, stepped: true }, (here) => {
    const failed = async (why) => (await here.board.metrics())[`tls_failed_${why}`];
    const used = async (pool) => (await here.board.metrics()).pools[pool][0].used;
    /** Makes a handshake over `carried`. */
    async function secured(carried) {
      const socket = connectSecurely({ socket: carried, host: "localhost", ca: ca() });
      socket.on("error", () => {});
      socket.received = "";
      socket.on("data", (bytes) => (socket.received += bytes.toString("latin1")));
      await here.board.wait(new Promise((opened) => socket.once("secureConnect", opened)));
      return socket;
    }

    it("takes a handshake and a record that come byte by byte", async () => {
      const socket = await secured(await wire(here.port, 1));
      socket.write(question);
      await here.board.until(() => socket.received.startsWith("HTTP/1.1 200"), "the answer");
      socket.destroy();
    });

    it("ends who stops in a handshake as soon as another waits for it", async () => {
      const stopped = await here.board.wait(Raw.open(here.port));
      stopped.tcp.write(beginning);
      await here.board.until(async () => (await used("tls_handshakes")) === 1, "its handshake to begin");
      const before = here.board.seconds;
      assert.equal(await here.board.wait(get(here.port)), 200);
      const waited = here.board.seconds - before;
      assert.ok(waited < 8, `the other waited ${waited} s`);
      assert.ok(stopped.ended);
      assert.equal(await failed("late"), 1);
      assert.equal((await here.board.metrics()).pools.tls_handshakes[0].failures, 1);
    });

    it("ends who stops in a record, while a browser goes on", async () => {
      const browser = await here.board.wait(Browser.open(here.port, "one", {}, ca()));
      const carried = await wire(here.port);
      const socket = await secured(carried);
      carried.passes = 20;
      socket.write(question);
      await here.board.run(12);
      assert.ok(carried.ended);
      assert.deepEqual(await here.board.wait(browser.command("set_target", { celsius: 24 })), { ok: {} });
      await here.board.wait(browser.close());
      await here.board.settled();
    });

    it("lets in who tries again while twice as many begin a handshake as it has room for, and none goes on", async () => {
      const browser = await here.board.wait(Browser.open(here.port, "one", {}, ca()));
      const stopped = [];
      for (let i = 0; i < 8; ++i) {
        const raw = await here.board.wait(Raw.open(here.port));
        raw.tcp.write(beginning);
        stopped.push(raw);
        await here.board.run(0.1);
      }
      assert.deepEqual(await here.board.wait(browser.command("set_target", { celsius: 24 })), { ok: {} });
      let status; // the port may give its place to another newcomer: as a browser, it tries again
      for (let tries = 0; status === undefined && tries < 10; ++tries) {
        status = await here.board.wait(get(here.port).catch(() => undefined), 60);
      }
      assert.equal(status, 200);
      await here.board.until(() => stopped.every((each) => each.ended), "the end of those that stopped", 60);
      assert.equal(browser.opened, 1);
      const { pools } = await here.board.metrics();
      assert.equal(pools.tls_memory[0].failures, 0);
      await here.board.wait(browser.close());
      await here.board.settled();
    });
  });
}
