// https and wss on a board: the npm phoenix client, openssl and Chromium, and clients that stop.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { it } from "node:test";
import { connect as connectSecurely } from "node:tls";
import { chromium } from "../../../tests/e2e/node_modules/playwright-core/index.mjs";
import { Browser, Raw } from "./clients.mjs";
import { suite } from "./suite.mjs";

export function secure(elf) {
  const file = join(dirname(elf), "tls/ca.crt");
  const options = { serves: 443, stack: 8192 };

  suite("a thermostat over https", elf, options, (here) => {
    const ca = () => readFileSync(file, "utf8");
    const get = (path, more = {}) =>
      new Promise((answered, failed) => {
        request({ host: "localhost", port: here.port, path, ca: ca(), agent: false, ...more }, (response) => {
          let body = "";
          response.on("data", (data) => (body += data));
          response.on("end", () => answered({ status: response.statusCode, body }));
        })
          .on("error", failed)
          .end();
      });
    /** A connection over TLS, open. */
    const open = () =>
      new Promise((opened, failed) => {
        const socket = connectSecurely({ host: "127.0.0.1", port: here.port, ca: ca() }, () => opened(socket));
        socket.on("error", failed);
      });
    /** What `openssl s_client` says; the board goes on meanwhile. */
    const handshake = (...more) =>
      new Promise((done) => {
        const trusts = more.includes("-no-CAfile") ? [] : ["-CAfile", file];
        const all = ["s_client", "-connect", `127.0.0.1:${here.port}`, "-verify_return_error", ...trusts, ...more];
        const client = spawn("openssl", all, { stdio: ["ignore", "pipe", "pipe"] });
        let said = "";
        client.stdout.on("data", (data) => (said += data));
        client.stderr.on("data", (data) => (said += data));
        client.on("close", () => done(said));
      });
    const failed = async (why) => (await here.board.metrics())[`tls_failed_${why}`];
    const used = async (pool) => (await here.board.metrics()).pools[pool][0].used;

    it("serves its page and its store, over wss, to who trusts its authority", async () => {
      const page = await get("/");
      assert.equal(page.status, 200);
      const one = await Browser.open(here.port, "one", {}, ca());
      const two = await Browser.open(here.port, "two", {}, ca());
      await here.board.until(() => one.state && two.state, "the first states");
      assert.deepEqual(await one.command("set_target", { celsius: 24 }), { ok: {} });
      await here.board.until(() => two.state.target === 24, "the change of the other");
      const { pools } = await here.board.metrics();
      const memory = pools.tls_memory[0];
      console.log(
        `    Mbed TLS: ${Math.round((memory.used - here.board.rest.tls_memory) / 2)} bytes a connection, ` +
          `${memory.most} of ${memory.of} at most`,
      );
      assert.equal(memory.failures, 0);
      await assert.rejects(get("/", { ca: [] }), /unable to (verify|get)/);
      await Promise.all([one.close(), two.close()]);
      await here.board.settled();
    });

    it("refuses other versions, ciphers and protocols", async () => {
      for (const [more, says] of [
        [["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], "alert protocol version"],
        [["-tls1_3"], "alert handshake failure"], // by its ciphers: Mbed TLS 2.28 does not know of 1.3
        [["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"], "alert handshake failure"],
        [["-alpn", "h2"], "alert no application protocol"],
        [["-alpn", "h2,http/1.1"], "ALPN protocol: http/1.1"],
        [["-no-CAfile", "-no-CApath"], "unable to get local issuer certificate"],
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

    it("ends a handshake that stops, and serves who waits for it", async () => {
      const stopped = await Raw.open(here.port);
      stopped.tcp.write(Buffer.from([22, 3, 1, 2, 0, 1, 0]));
      await here.board.until(async () => (await used("tls_handshakes")) === 1, "its handshake to begin");
      const began = Date.now();
      assert.equal((await get("/")).status, 200);
      console.log(`    the other was served after ${Date.now() - began} ms`);
      assert.ok(stopped.ended);
      assert.equal(await failed("late"), 1);
      assert.equal((await here.board.metrics()).pools.tls_handshakes[0].failures, 1);
    });
  });
}
