import { beforeAll, describe, expect, test } from "vitest";
import { Socket } from "phoenix";
import WebSocket from "ws";
import { eventually } from "../support/eventually.js";
import { conformanceServer, type Program } from "../support/program.js";
import { modules, ok, refusal, Wire } from "../support/wire.js";

let server: Program;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});

const visit = async (wire: Wire) => (await wire.mount(modules.visitor, "v")).patch[4].ops[0].value;

// Contract section 1.1.
describe("the handshake", () => {
  test("hands the query's params to handle_connect, decoded", async () => {
    const wire = await Wire.open(server, { params: { current_user: "Ada & Søren+1" } });
    expect(await visit(wire)).toMatchObject({ current_user: "Ada & Søren+1" });
    await wire.close();
  });

  test("hands cookies to handle_connect", async () => {
    const wire = await Wire.open(server, { headers: { Cookie: "a=1; theme=dark" } });
    expect(await visit(wire)).toMatchObject({ theme: "dark" });
    await wire.close();
  });

  test("is refused with 403 and an empty body by handle_connect", async () => {
    const { status, body } = await refusal(server, { params: { deny: "1" } });
    expect({ status, body }).toEqual({ status: 403, body: "" });
  });

  test.each(["?vsn=1.0.0", "?vsn=3.0.0", "?vsn=", ""])(
    "is refused with 403 when the query is %j",
    async (query) => {
      const answer = await upgrade(`/socket/websocket${query}`);
      expect(answer.status).toBe(403);
    },
  );

  test.each(["POST", "HEAD", "OPTIONS"])("is refused with 400 when it is a %s", async (method) => {
    const answer = await fetch(server.url("http", "/socket/websocket?vsn=2.0.0"), { method });
    expect(answer.status).toBe(400);
  });

  test("is refused with 400 when it asks for no upgrade", async () => {
    const answer = await fetch(server.url("http", "/socket/websocket?vsn=2.0.0"));
    expect(answer.status).toBe(400);
  });

  test("is for one path only", async () => {
    expect((await upgrade("/sockets/websocket?vsn=2.0.0")).status).toBe(404);
  });

  async function upgrade(path: string): Promise<{ status: number }> {
    const socket = new WebSocket(server.url("ws", path));
    return new Promise((answered, failed) => {
      socket.on("open", () => {
        socket.close();
        answered({ status: 101 });
      });
      socket.on("unexpected-response", (request, { statusCode }) => {
        answered({ status: statusCode ?? 0 });
        request.destroy();
      });
      socket.on("error", failed);
    });
  }
});

describe("the origin", () => {
  test.each([
    ["no origin", () => undefined],
    ["the page's own", () => server.url("http")],
    ["one that the host allows", () => "https://friend.example"],
  ])("may be %s", async (_name, origin) => {
    const Origin = origin();
    const wire = await Wire.open(server, Origin === undefined ? {} : { headers: { Origin } });
    expect(await wire.flush()).toEqual([]);
    await wire.close();
  });

  test.each([
    ["a stranger's", () => "https://evil.example"],
    ["of another port of this machine", () => "http://127.0.0.1:1"],
    ["a prefix of an allowed one", () => "https://friend.exampl"],
    ["an allowed one with more behind it", () => "https://friend.example.evil.example"],
    ["null", () => "null"],
  ])("may not be %s", async (_name, origin) => {
    const { status } = await refusal(server, { headers: { Origin: origin() } });
    expect(status).toBe(403);
  });
});

describe("the authToken of phoenix.js", () => {
  test("travels as a sub-protocol and reaches handle_connect", async () => {
    const authToken = "s3cret>>>ok"; // phoenix.js makes it "czNjcmV0Pj4+b2s"
    const options = { authToken, transport: WebSocket, params: { current_user: "ada" } };
    const socket = new Socket(server.url("ws", "/socket"), options as object);
    socket.connect();
    const topic = `musubi:connection:${modules.visitor}:token`;
    const channel = socket.channel(topic, { module: modules.visitor, id: "token" });
    const patch = new Promise<any>((resolve) => channel.on("patch", resolve));
    channel.join();
    expect((await patch).ops[0].value).toMatchObject({ auth_token: authToken, current_user: "ada" });
    socket.disconnect();
  });

  test("is answered with the protocol that carries no secret", async () => {
    const secret = `base64url.bearer.phx.${Buffer.from("abc").toString("base64url")}`;
    const wire = await Wire.open(server, { protocols: ["phoenix", secret] });
    expect(wire.socket.protocol).toBe("phoenix");
    expect(await visit(wire)).toMatchObject({ auth_token: "abc" });
    await wire.close();
  });

  test("is refused when it is no base64url", async () => {
    const protocols = ["phoenix", "base64url.bearer.phx.a*b"];
    expect((await refusal(server, { protocols })).status).toBe(400);
  });
});

describe("a host that is full", () => {
  test("answers 503 with Retry-After, and serves the next one when somebody has left", async () => {
    const small = await conformanceServer({ connections: 2 });
    const [first, second] = [await Wire.open(small), await Wire.open(small)];
    const { status, headers, body } = await refusal(small, {});
    expect(status).toBe(503);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(body).toContain("connections");
    // A browser does not tell a page why its socket was refused; a plain request does.
    expect((await fetch(small.url("http", "/socket/websocket?vsn=2.0.0"))).status).toBe(503);

    // Nobody who is in notices.
    const { reply } = await first.mount(modules.witness, "w");
    expect(reply[4]).toEqual(ok({ root_id: `${modules.witness}:w` }));
    await second.close();
    const third = await eventually(() => Wire.open(small));
    expect(await third.flush()).toEqual([]);
    await small.stop();
  });

  test("refuses one more root with the name of what is exhausted", async () => {
    const small = await conformanceServer({ pages: 1 });
    const wire = await Wire.open(small);
    const { joinRef, topic } = await wire.mount(modules.witness, "w");
    const one_more = `musubi:connection:${modules.witness}:x`;
    const { answer } = await wire.ask("7", one_more, "phx_join", { module: modules.witness, id: "x" });
    expect(answer[4]).toEqual({ status: "error", response: { reason: "exhausted", pool: "pages" } });

    await wire.ask(joinRef, topic, "phx_leave");
    await wire.next(); // phx_close
    const { reply } = await wire.mount(modules.witness, "x");
    expect(reply[4].status).toBe("ok");
    await small.stop();
  });
});

describe("an idle WebSocket", () => {
  test("is closed, and one with heartbeats is not", async () => {
    const impatient = await conformanceServer({ "idle-timeout": 1000 });
    const silent = await Wire.open(impatient);
    const lively = await Wire.open(impatient);
    const beating = setInterval(() => void lively.flush(), 100);
    expect((await silent.closed).code).not.toBe(1000);
    clearInterval(beating);
    expect(lively.socket.readyState).toBe(WebSocket.OPEN);
    await impatient.stop();
  });
});
