import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchTrusting, Watch } from "../support/browser.js";
import { eventually } from "../support/eventually.js";
import { Phoenix, Root } from "../support/phoenix.js";
import { listening, Program } from "../support/program.js";
import { Authority, get, handshake } from "../support/tls.js";
import { modules } from "../support/wire.js";

// https and wss, as browsers, the npm phoenix client and openssl see them.
const folder = mkdtempSync(join(tmpdir(), "musubi-tls-"));
const own = join(folder, "own"); // what a device makes for itself
const certificate = join(folder, "server.crt");
const key = join(folder, "server.key");
const start = (name: string, ...args: string[]) => Program.start(name, ["--port", "0", ...args], listening);

let company: Authority;
let device: Program; // with the certificate that it has made
let office: Program; // with one from files
let browser: Browser;
let ca: string;
beforeAll(async () => {
  company = new Authority(folder, "company");
  company.sign(certificate, key);
  device = await start("thermostat", "--tls", own);
  office = await start("thermostat", "--certificate", certificate, "--key", key);
  ca = await (await fetch(`http://127.0.0.1:${device.port}/ca.crt`)).text();
  const received = join(folder, "ca.crt");
  writeFileSync(received, ca);
  browser = await launchTrusting(folder, [received, company.file]);
});
afterAll(async () => {
  await browser?.close();
  await device?.stop();
  await office?.stop();
  rmSync(folder, { recursive: true });
});

/** Opens the thermostat, and says which WebSockets it opens. */
async function open(url: string): Promise<{ page: Page; watch: Watch; sockets: string[] }> {
  const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  page.setDefaultTimeout(15_000);
  const watch = new Watch(page, url);
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.goto(url);
  await page.locator("#link").getByText("live", { exact: true }).waitFor();
  return { page, watch, sockets };
}

describe.each([
  ["that the device has made", () => `https://localhost:${device.port}/`],
  ["that the device has made, by address", () => device.url("http", "/")],
  ["from files", () => office.url("http", "/")],
])("a browser that trusts the authority of a certificate %s", (_, url) => {
  test("has two tabs that follow each other, over wss", async () => {
    const one = await open(url());
    const other = await open(url());
    const target = await one.page.locator("#target").innerText();
    await one.page.getByRole("button", { name: "one degree more", exact: true }).click();
    const warmer = `${Number.parseInt(target) + 1} °C`;
    for (const { page } of [one, other]) await page.locator("#target").getByText(warmer, { exact: true }).waitFor();
    for (const { page, watch, sockets } of [one, other]) {
      expect(await page.evaluate(() => [location.protocol, isSecureContext])).toEqual(["https:", true]);
      expect(sockets).toEqual([expect.stringMatching(/^wss:/)]);
      expect([watch.errors, watch.strangers]).toEqual([[], []]);
      await page.context().close();
    }
  });
});

test("the gateway's page over --tls is live in two browsers, and its token stays in its link", async () => {
  const state = join(folder, "gateway");
  const args = ["--state", state, "--tls", "--token", "open-sesame"];
  const program = await start("gateway", ...args);
  const authority = await (await fetch(`http://127.0.0.1:${program.port}/ca.crt`)).text();
  const file = join(folder, "gateway.crt");
  writeFileSync(file, authority);
  expect(authority).toBe(readFileSync(`${state}.tls/ca.crt`, "utf8")); // beside the settings
  const trusting = await launchTrusting(join(folder, "gateway-home"), [file]);
  const url = `https://localhost:${program.port}/`;
  const pages = await Promise.all(
    [1, 2].map(async () => {
      const page = await (await trusting.newContext({ reducedMotion: "reduce" })).newPage();
      page.setDefaultTimeout(15_000);
      const watch = new Watch(page, url);
      const sockets: string[] = [];
      page.on("websocket", (socket) => sockets.push(socket.url()));
      await page.goto(`${url}#token=open-sesame`);
      await page.locator(".pill").getByText(/^Live, every/).waitFor();
      return { page, watch, sockets };
    }),
  );
  const [one, other] = pages;
  await one!.page.getByRole("button", { name: "Pause", exact: true }).click();
  await other!.page.locator(".pill").getByText(/^Paused/).waitFor();
  for (const { watch, sockets } of pages) {
    expect(sockets).not.toEqual([]);
    for (const each of sockets) expect(each).toMatch(new RegExp(`^wss://localhost:${program.port}/`));
    expect([watch.errors, watch.strangers]).toEqual([[], []]);
  }
  await trusting.close();
  expect(await program.stop()).toEqual({ code: 0, signal: null });
});

test("a browser that does not trust the authority shows no page", async () => {
  const stranger = new Authority(folder, "stranger");
  const [theirs, theirKey] = [join(folder, "stranger-server.crt"), join(folder, "stranger-server.key")];
  stranger.sign(theirs, theirKey);
  const program = await start("thermostat", "--certificate", theirs, "--key", theirKey);
  const page = await browser.newPage();
  await expect(page.goto(program.url("http", "/"))).rejects.toThrow("ERR_CERT_AUTHORITY_INVALID");
  await page.close();
  await program.stop();
});

describe("plain http at the port", () => {
  test("is sent to https, with path and query", async () => {
    const answer = await fetch(`http://127.0.0.1:${device.port}/some/page?x=1`, { redirect: "manual" });
    expect(answer.status).toBe(307);
    expect(answer.headers.get("Location")).toBe(`https://127.0.0.1:${device.port}/some/page?x=1`);
    expect(answer.headers.get("Strict-Transport-Security")).toBeNull();
  });

  test("offers the authority of a device that has one, with which clients verify it", async () => {
    expect(ca).toBe(readFileSync(join(own, "ca.crt"), "utf8"));
    expect(await get(`https://localhost:${device.port}/`, ca)).toMatchObject({ status: 200 });
    await expect(get(office.url("http", "/"), ca)).rejects.toThrow(/unable to (verify|get)/);
    const none = await fetch(`http://127.0.0.1:${office.port}/ca.crt`, { redirect: "manual" });
    expect(none.status).toBe(307);
  });
});

describe("a server with a certificate from files", () => {
  let server: Program;
  let authority: string;
  beforeAll(async () => {
    authority = readFileSync(company.file, "utf8");
    server = await start("conformance_server", "--certificate", certificate, "--key", key);
    return () => server.stop();
  });

  test.each([
    ["1.0 is refused", ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"], "alert protocol version"],
    ["1.1 is refused", ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], "alert protocol version"],
    ["1.2 without a key exchange is refused", ["-tls1_2", "-cipher", "AES128-GCM-SHA256"], "alert handshake failure"],
    ["1.2 is accepted", ["-tls1_2"], "New, TLSv1.2, Cipher is ECDHE-RSA-AES128-GCM-SHA256"],
    ["1.3 is accepted", ["-tls1_3"], "New, TLSv1.3, Cipher is TLS_"],
    ["http/1.1 is what it speaks", ["-alpn", "h2,http/1.1"], "ALPN protocol: http/1.1"],
    ["h2 alone is refused", ["-alpn", "h2"], "alert no application protocol"],
  ])("TLS: %s", (_, options, says) => {
    const { code, said } = handshake(server.port, company.file, ...options);
    expect(said).toContain(says);
    expect(code).toBe(says.startsWith("alert") ? 1 : 0);
  });

  test("counts versions and failures in its metrics", async () => {
    const names = ['tls_handshakes_total{version="1.2"}', 'tls_failures_total{reason="version"}', 'tls_failures_total{reason="protocol"}'];
    const values = async () => {
      const { body } = await get(server.url("http", "/metrics"), authority);
      return names.map((name) => Number(body.split(`\nmusubi_${name} `)[1]?.split("\n")[0]));
    };
    const before = await values();
    handshake(server.port, company.file, "-tls1_2");
    handshake(server.port, company.file, "-tls1", "-cipher", "DEFAULT@SECLEVEL=0");
    handshake(server.port, company.file, "-alpn", "h2");
    expect(await values()).toEqual(before.map((count) => count + 1));
  });

  test("serves the npm phoenix client over wss, and takes another certificate meanwhile", async () => {
    const phoenix = new Phoenix(server, { ca: authority });
    await phoenix.open();
    const root = new Root(phoenix, modules.witness, "w");
    expect(await root.join()).toMatchObject(["ok", {}]);
    const before = await get(server.url("http", "/metrics"), authority);

    writeFileSync(key, "no key");
    server.signal("SIGHUP"); // which is logged, and changes nothing
    company.sign(certificate, key);
    server.signal("SIGHUP");
    await eventually(async () => {
      const { fingerprint } = await get(server.url("http", "/metrics"), authority);
      expect(fingerprint).not.toBe(before.fingerprint);
    });
    expect(await root.command("increment")).toEqual(["ok", {}]);
    expect(phoenix.closes).toEqual([]);
    await phoenix.close();
  });
});
