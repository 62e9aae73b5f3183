// A browser replaces the firmware of the emulated board, in Debian's Chromium and in real time:
// update_test.mjs update|secure ELF. Secure: over https and wss.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { start_chromium } from "../../board_lm3s6965/test/chromium.mjs";
import { Emulator } from "../../board_lm3s6965/test/emulator.mjs";

const [kind, elf] = process.argv.slice(2);
const secure = kind === "secure";
const build = dirname(elf);
const program = join(build, secure ? "firmware_update_tls.bin" : "firmware_update.bin");
const store = "Musubi.FirmwareUpdate main";
const folder = mkdtempSync(join(tmpdir(), "update-"));

/** A signed image of the firmware that was built, under another name. */
function image(name, { version = 2, product = "Musubi MPS2", key = join(build, "firmware_key.pem") } = {}) {
  const path = join(folder, `${name}.image`);
  const texts = ["--product", product, "--version", String(version), "--build", name];
  execFileSync("scripts/sign-firmware", ["sign", key, ...texts, program, path]);
  return path;
}

describe(secure ? "the firmware of a board, over https" : "the firmware of a board", () => {
  let browser, board, tab;
  before(async () => {
    browser = await start_chromium(secure ? join(build, "tls/ca.crt") : undefined);
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    board = await Emulator.start(elf, { metrics: false, serves: secure ? 443 : 80 });
    tab = await open();
    await says("build", "factory");
  });
  afterEach(async () => {
    await tab.close();
    const [errors, serial] = [board.errors(), board.serial()];
    await board.stop();
    assert.equal(errors, "", "QEMU's log of guest errors");
    assert.ok(!serial.includes("fault"), `no fault: ${serial}`);
  });

  const open = async () => {
    const opened = await browser.newPage();
    opened.setDefaultTimeout(45_000);
    await opened.goto(`${secure ? "https" : "http"}://localhost:${board.port}/`);
    return opened;
  };
  const card = (of = tab) => of.getByRole("region", { name: store, exact: true });
  const says = (name, text, on = tab) =>
    card(on)
      .locator(".row")
      .filter({ has: on.locator(".name").getByText(name, { exact: true }) })
      .locator(".value")
      .first()
      .getByText(text, { exact: true })
      .waitFor();
  const command = (name) => card().getByRole("button", { name, exact: true }).click();
  const choose = (path) => tab.locator("input[type=file]").setInputFiles(path);
  /** What the first stage has said about its starts. */
  const starts = () => [...board.serial().matchAll(/first stage: (slot .*)/g)].map(([, said]) => said);
  const started = (count) => board.until(() => board.serial().split("ready").length > count, `start ${count}`, 60);

  it("is replaced from a page, which loads itself again, and stays when it is confirmed; another tab follows", async () => {
    const tabs = [tab, await open()];
    const all_say = (name, text) => Promise.all(tabs.map((each) => says(name, text, each)));
    await choose(image("second"));
    await all_say("phase", "pending");
    for (const each of tabs) await each.evaluate(() => (window.loadedBefore = true));
    await command("restart");
    await all_say("build", "second");
    for (const each of tabs) {
      assert.equal(await each.evaluate(() => window.loadedBefore), undefined, "the page has loaded itself again");
    }
    await all_say("phase", "trial");
    await command("confirm");
    await all_say("phase", "idle");
    await all_say("last", "confirmed");
    await tabs[1].close();
    await board.reset();
    await started(3);
    assert.deepEqual(starts(), ["slot A, factory", "slot B, second", "slot B, second"]);
  });

  it("goes back to the one before when nobody confirms it", async () => {
    await choose(image("third"));
    await says("phase", "pending");
    await command("restart");
    await says("phase", "trial");
    await started(3); // the trial lasts 30 s
    await says("build", "factory");
    await says("last", "rolled_back");
    assert.deepEqual(starts(), ["slot A, factory", "slot B, third", "slot A, factory"]);
  });

  it("is not replaced by what somebody else has signed, what is damaged, for another product or too old", async () => {
    const stranger = join(folder, "stranger.pem");
    execFileSync("scripts/sign-firmware", ["key", stranger]);
    const refused = async (path, why) => {
      await choose(path);
      await says("refusal", why);
      await card().getByText(`${path.name ?? basename(path)} · error · ${why}`, { exact: true }).waitFor();
      await says("phase", "idle");
    };
    await refused(image("stranger", { key: stranger }), "the signature of the image is wrong");
    await refused(image("lamp", { product: "lamp" }), "the image is for another product");
    await refused(image("old", { version: 0 }), "the image is older than this device allows");
    const bytes = readFileSync(image("damaged"));
    bytes[bytes.length - 1] ^= 1;
    await refused({ name: "damaged.image", mimeType: "", buffer: bytes }, "the image is damaged: its hash is wrong");
    assert.deepEqual(starts(), ["slot A, factory"]);
  });

  it("starts whole when the power fails while it is replaced, and can be replaced afterwards", async () => {
    const path = image("fourth");
    const reset = async () => {
      const before = starts().length;
      await board.reset();
      await started(before + 1);
      return starts().at(-1);
    };
    for (const percent of [1, 20, 40]) {
      await choose(path);
      await tab.waitForFunction(
        (least) => Number(document.body.innerText.match(/percent\s+(\d+)/)?.[1]) >= least,
        percent,
      );
      // It may have arrived before we come to it: then it is tried, and not confirmed.
      if ((await reset()) === "slot B, fourth") await reset();
      assert.equal(starts().at(-1), "slot A, factory");
      await tab.reload();
      await says("build", "factory");
      await says("phase", "idle");
    }
    await choose(path);
    await says("phase", "pending");
    assert.equal(await reset(), "slot B, fourth"); // the power fails while it waits
    await tab.reload();
    await says("build", "fourth");
  });
});
