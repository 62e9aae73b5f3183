import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { gateway } from "../support/gateway.js";
import { ending, everythingSaid } from "../support/program.js";
import { changeUsers, makeUsers, passwords } from "../support/users.js";

// The command line of the users, and what a gateway says of their file.
const folder = mkdtempSync(join(tmpdir(), "gateway-users-"));
afterAll(() => rmSync(folder, { recursive: true }));
let file = "";
let count = 0;
beforeEach(() => void (file = join(folder, `users-${(count += 1)}`)));
const start = (...args: string[]) =>
  ending("gateway", ["--port", "0", "--state", join(folder, "settings"), "--users", file, ...args]);

describe("a gateway with users", () => {
  test("says how to make the first one, and does not start without", () => {
    const { code, said } = start();
    expect(code).toBe(1);
    expect(said).toBe(
      `gateway: ${file}: there are no users yet\n` +
        `gateway: make the first one, an admin: gateway --users ${file} --set-user NAME\n`,
    );
  });

  test("does not start with a file that others may read", () => {
    writeFileSync(file, "", { mode: 0o644 });
    const { code, said } = start();
    expect(code).toBe(1);
    expect(said).toBe(`gateway: ${file}: others may read or change it: chmod 600\n`);
  });

  test("names the line that it cannot read", () => {
    writeFileSync(file, "# users\nada admin secret\n", { mode: 0o600 });
    expect(start().said).toBe(`gateway: ${file}: line 2: not a bcrypt hash ($2b$)\n`);
  });

  test("prints no token, no password and no hash", async () => {
    makeUsers(file);
    const all = ["--port", "0", "--log-level", "debug", "--state", join(folder, "s"), "--users", file, "--bind", "0.0.0.0", "--no-announce"];
    const said = await everythingSaid("gateway", all, /listening on/);
    expect(said).not.toMatch(/token|password|\$2b/);
  });
});

describe("the users of a gateway", () => {
  test("begin with an admin; others are viewers", () => {
    expect(changeUsers(file, ["--set-user", "ada"], "a good password\n")).toEqual({
      code: 0,
      said: "gateway: ada is admin, and new\n",
    });
    expect(changeUsers(file, ["--set-user", "bob"], "another password\n").said).toBe("gateway: bob is viewer, and new\n");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^ada admin \$2b\$11\$.{53}\nbob viewer \$2b\$11\$.{53}\n$/m);
    expect(text).not.toContain("good");
  });

  test("get another role, another password, or go", () => {
    makeUsers(file);
    const before = readFileSync(file, "utf8");
    expect(changeUsers(file, ["--set-user", "vera", "--role", "operator", "--keep-password"]).said).toBe(
      "gateway: vera is operator, with the same password\n",
    );
    expect(readFileSync(file, "utf8")).toBe(before.replace("vera viewer", "vera operator"));
    expect(changeUsers(file, ["--set-user", "vera"], "quite another\n").said).toBe(
      "gateway: vera is operator, with a new password\n",
    );
    expect(changeUsers(file, ["--remove-user", "ada"]).said).toBe("gateway: removed ada; there is no admin now\n");
    expect(changeUsers(file, ["--remove-user", "ada"])).toEqual({ code: 1, said: "gateway: there is no user ada\n" });
  });

  test.each([
    ["no password", "", /8 to 72 bytes/],
    ["a short one", "short\n", /at least 8 bytes/],
    ["a long one", `${"x".repeat(73)}\n`, /8 to 72 bytes/],
    ["one with a tab", "with\ta tab\n", /control characters/],
  ])("are not made with %s", (_, input, why) => {
    const { code, said } = changeUsers(file, ["--set-user", "ada"], input);
    expect(code).toBe(1);
    expect(said).toMatch(why);
    expect(() => statSync(file)).toThrow();
  });

  test("have names that fit into a line", () => {
    const { code, said } = changeUsers(file, ["--set-user", "ada lovelace"], "a good password\n");
    expect(code).toBe(1);
    expect(said).toContain("letters, digits");
  });

  test("keep a token beside them for scripts", async () => {
    makeUsers(file);
    const server = await gateway(join(folder, "settings-t"), "--users", file, "--token", "open-sesame");
    const get = (headers: Record<string, string>) => fetch(server.url("http", "/readings.csv"), { headers });
    expect((await get({ "X-Phoenix-AuthToken": "open-sesame" })).status).toBe(200);
    expect((await get({ "X-Phoenix-AuthToken": "wrong" })).status).toBe(403);
    const refused = await get({});
    expect([refused.status, await refused.text()]).toEqual([403, "sign in first\n"]);
    await server.stop();
  });

  test("may sign in with curl", async () => {
    makeUsers(file);
    const server = await gateway(join(folder, "settings-c"), "--users", file);
    const session = (headers: Record<string, string>) => fetch(server.url("http", "/session"), { headers });
    const begun = await session({ Authorization: `Basic ${btoa(`olga:${passwords.olga}`)}` });
    expect(begun.status).toBe(202);
    const { ticket } = (await begun.json()) as { ticket: string };
    let answer = await session({ "X-Login-Ticket": ticket });
    while (answer.status === 202) answer = await session({ "X-Login-Ticket": ticket });
    expect(await answer.json()).toEqual({ name: "olga", role: "operator", sign_in: true });
    const cookie = /^musubi_session_\d+=[\w-]{43}/.exec(answer.headers.get("Set-Cookie") ?? "")?.[0] ?? "";
    const readings = await fetch(server.url("http", "/readings.csv"), { headers: { Cookie: cookie } });
    expect(readings.status).toBe(200);
    await server.stop();
  });
});
