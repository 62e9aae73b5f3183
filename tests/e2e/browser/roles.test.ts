import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { expectAccessible } from "../support/axe.js";
import { launch, Watch } from "../support/browser.js";
import { gateway } from "../support/gateway.js";
import type { Program } from "../support/program.js";
import { onText } from "../support/text.js";
import { changeUsers, makeUsers, passwords } from "../support/users.js";

// People who sign in to the gateway, each in a browser of their own.
vi.setConfig({ testTimeout: 120_000 });
const pictures = fileURLToPath(new URL("../../../docs/images", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gateway-roles-"));
const file = join(folder, "users");
let browser: Browser;
let server: Program;
const people: BrowserContext[] = [];
beforeAll(async () => {
  browser = await launch();
});
beforeEach(async () => {
  rmSync(file, { force: true });
  makeUsers(file);
  server = await gateway(join(folder, "settings"), "--users", file);
});
afterEach(async () => {
  await Promise.all(people.splice(0).map((each) => each.close()));
  await server.stop();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The login page, to which `path` has led, in a browser that nobody else uses. */
async function person(path = "/"): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  people.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(server.url("http", path));
  await heading(page);
  return page;
}
const heading = (page: Page) => page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const live = (page: Page) => page.locator(".pill").getByText(/^Live, every|^Paused/).waitFor();
async function fill(page: Page, name: string, password: string) {
  await heading(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Sign in").click();
}
async function signedIn(name: keyof typeof passwords, path?: string): Promise<Page> {
  const page = await person(path);
  await fill(page, name, passwords[name]);
  await live(page);
  return page;
}
const alert = (page: Page, text: string | RegExp) => page.getByRole("alert").getByText(text).waitFor();
/** What the gateway says to a request from another address of this machine. */
function sessionFrom(localAddress: string, headers: Record<string, string>) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((done, failed) => {
    get(server.url("http", "/session"), { localAddress, headers, agent: false }, (response) => {
      let text = "";
      onText(response, (more) => (text += more));
      response.on("end", () => done({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> }));
    }).on("error", failed);
  });
}
const look = (page: Page, name: string) => expectAccessible(page, `login-${name}`);

describe("a viewer and an operator, in two browsers", () => {
  test("see the same, and may do what their roles may", async () => {
    const [vera, olga] = await Promise.all([signedIn("vera"), signedIn("olga")]);
    await vera.getByText("vera, viewer").waitFor();
    await olga.getByText("olga, operator").waitFor();
    expect(await button(vera, "Pause").isVisible()).toBe(false);
    expect(await vera.getByLabel("Update every").isVisible()).toBe(false);
    await vera.getByText("the role operator is needed").waitFor();
    await button(olga, "Pause").click();
    await vera.locator(".pill").getByText("Paused").waitFor();
    await expectAccessible(vera, "gateway-viewer");
    await expectAccessible(olga, "gateway-operator");
    await button(olga, "Resume").click();
    await live(vera);
  });

  test("are refused by the gateway itself when a page tries", async () => {
    const vera = await signedIn("vera");
    const reply = await vera.evaluate(async () => {
      const socket = new WebSocket(new URL("socket/websocket?vsn=2.0.0", location.href.replace(/^http/, "ws")));
      const topic = "musubi:connection:Gateway.Stores.Overview:x";
      return new Promise<string>((done) => {
        socket.onopen = () =>
          socket.send(JSON.stringify(["1", "1", topic, "phx_join", { module: "Gateway.Stores.Overview", id: "x", params: {} }]));
        socket.onmessage = ({ data }) => {
          const [, ref, , event] = JSON.parse(data as string) as [string, string, string, string];
          if (event === "phx_reply" && ref === "1") {
            socket.send(JSON.stringify(["1", "2", topic, "command", { store_id: [], name: "pause", payload: {} }]));
          } else if (ref === "2") done(data as string);
        };
      });
    });
    expect(JSON.parse(reply)[4]).toEqual({
      status: "error",
      response: { reason: "forbidden", expected: "the role operator" },
    });
  });

  test("lose their pages when the password or the role changes, and no others", async () => {
    const [vera, olga] = await Promise.all([signedIn("vera"), signedIn("olga", "/#/")]);
    expect(changeUsers(file, ["--set-user", "vera", "--role", "operator", "--keep-password"]).code).toBe(0);
    await vera.getByText("Your session has ended.").waitFor();
    await fill(vera, "vera", passwords.vera);
    await vera.getByText("vera, operator").waitFor();
    expect(await button(vera, "Pause").isVisible()).toBe(true);

    expect(changeUsers(file, ["--set-user", "olga"], "another password\n").code).toBe(0);
    await olga.getByText("Your session has ended.").waitFor();
    await fill(olga, "olga", passwords.olga);
    await alert(olga, "Wrong name or password.");
    await fill(olga, "olga", "another password");
    await live(olga);
    await live(vera);
  });

  test("sign out of one browser, and of no other", async () => {
    const [one, other] = await Promise.all([signedIn("ada"), signedIn("ada")]);
    await button(one, "Sign out").click();
    await one.getByText("You are signed out.").waitFor();
    await look(one, "signed-out");
    await one.goto(server.url("http", "/"));
    await heading(one);
    await button(other, "Pause").click();
    await other.locator(".pill").getByText("Paused").waitFor();
    await button(other, "Resume").click();
    await live(other);
  });
});

describe("the login page", () => {
  test("leads back to the place that was asked for", async () => {
    const page = await signedIn("vera", "/#/interface/lo");
    expect(new URL(page.url()).hash).toBe("#/interface/lo");
    await page.getByRole("heading", { name: "lo", exact: true }).first().waitFor();
  });

  test("is used with the keyboard alone", async () => {
    const page = await person();
    await page.keyboard.type("olga");
    await page.keyboard.press("Tab");
    await page.keyboard.type(passwords.olga);
    await page.keyboard.press("Enter");
    await live(page);
  });

  test("says what is wrong, and shows nothing secret", async () => {
    const page = await person();
    const watch = new Watch(page, server.url("http"));
    await look(page, "empty");
    await button(page, "Sign in").click();
    await alert(page, "Enter your name.");
    await fill(page, "olga", "wrong password");
    await alert(page, "Wrong name or password.");
    expect(await page.getByLabel("Password", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    await look(page, "wrong");
    if (process.env["UPDATE_SCREENSHOT"] !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.setViewportSize({ width: 720, height: 520 });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.screenshot({ path: join(pictures, "login.png") });
    }
    expect(page.url()).not.toMatch(/wrong|olga/);
    await fill(page, "olga", passwords.olga);
    await live(page);
    expect(page.url()).not.toMatch(/password|olga/);
    const readable = await page.evaluate(() => document.cookie + JSON.stringify({ ...sessionStorage, ...localStorage }));
    expect(readable).not.toMatch(/musubi_session|password/);
    expect(await page.content()).not.toContain("password");
    expect(watch.strangers).toEqual([]);
  });

  test("counts down when there were too many attempts, and lets the right person in from elsewhere", async () => {
    const page = await person();
    const seconds = async () => Number(/again in (\d+) sec/.exec((await page.getByRole("alert").textContent()) ?? "")?.[1] ?? 0);
    for (let i = 0; i < 14 && (await seconds()) < 4; i += 1) {
      await fill(page, "olga", `guess number ${i}`);
      await alert(page, /Wrong name|Too many/);
    }
    await alert(page, /Too many wrong attempts from your network. Try again in \d+ seconds\./);
    expect(await button(page, "Checking…").isVisible()).toBe(false);
    await look(page, "too-many");
    // the owner of the name, at another address
    const Authorization = `Basic ${btoa(`olga:${passwords.olga}`)}`;
    const begun = await sessionFrom("127.0.0.2", { Authorization });
    expect(begun.status).toBe(202);
    const ticket = String(begun.body.ticket);
    let answer = begun;
    while (answer.status === 202) answer = await sessionFrom("127.0.0.2", { "X-Login-Ticket": ticket });
    expect(answer.body).toEqual({ name: "olga", role: "operator", sign_in: true });
    // and here, after the wait
    await page.getByRole("alert").getByText("Too many").waitFor({ state: "detached", timeout: 60_000 });
    await fill(page, "olga", passwords.olga);
    await live(page);
  });

  test("says that the server is away", async () => {
    const page = await person();
    await page.route("**/session", (route) => route.abort());
    await fill(page, "olga", passwords.olga);
    await alert(page, /does not answer/);
    await look(page, "away");
    await page.unroute("**/session");
    await button(page, "Sign in").click();
    await live(page);
  });

  test("goes on at once for who is signed in already", async () => {
    const page = await signedIn("vera");
    await page.goto(server.url("http", "/login"));
    await live(page);
  });
});

describe("without users", () => {
  test("nobody is asked, and --read-only shows everything and offers nothing", async () => {
    const other = await gateway(join(folder, "settings-ro"), "--read-only");
    const page = await browser.newPage();
    await page.goto(other.url("http", "/"));
    await live(page);
    await page.getByText("Read-only").first().waitFor();
    expect(await button(page, "Pause").isVisible()).toBe(false);
    expect(await button(page, "Sign out").isVisible()).toBe(false);
    await page.close();
    await other.stop();
  });
});
