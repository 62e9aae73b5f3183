// A browser tab as a station on the wire. Its TCP and its clock are those of the test, so what it waits for takes as long
// on a busy machine as on an idle one.
import assert from "node:assert/strict";
import { close_frame, command_message, frame, heartbeat_message, join_message, upgrade } from "./clients.mjs";
import { Peer } from "./peer.mjs";

export class Tab {
  patches = 0;
  /** Joins from the station with this number, or from a new one. */
  static async open(board, name, number) {
    const tab = new Tab();
    Object.assign(tab, { board, name, ref: 1, read: 0, replies: new Map(), peer: Peer.open(board.wire, number) });
    await board.until(() => tab.peer.connected, "its connection");
    tab.peer.send(upgrade);
    await board.until(() => tab.peer.received.includes("\r\n\r\n"), "its upgrade");
    assert.match(tab.peer.received, /^HTTP\/1\.1 101 /);
    tab.peer.received = tab.peer.received.slice(tab.peer.received.indexOf("\r\n\r\n") + 4);
    tab.peer.send(frame(join_message(name)));
    await board.until(() => tab.state, "its state");
    return tab;
  }
  /** Its state after everything it has received. */
  get state() {
    for (;;) {
      const bytes = Buffer.from(this.peer.received, "latin1");
      const start = bytes[1] === 126 ? 4 : 2;
      const size = bytes.length < start ? Infinity : start === 4 ? bytes.readUInt16BE(2) : bytes[1];
      if (bytes.length < start + size) return this.known;
      this.peer.received = this.peer.received.slice(start + size);
      if ((bytes[0] & 15) === 1) this.#take(JSON.parse(bytes.subarray(start, start + size)));
    }
  }
  #take([, ref, , event, payload]) {
    if (event === "phx_reply") this.replies.set(ref, payload);
    if (event !== "patch") return;
    ++this.patches;
    for (const { path, value } of payload.ops) {
      if (path === "") this.known = value;
      else this.known[path.slice(1)] = value;
    }
  }
  /** Sends a command, and waits for its reply, at most so many seconds. */
  async command(name, payload, seconds) {
    const ref = String(++this.ref);
    this.peer.send(frame(command_message(this.name, ref, name, payload)));
    await this.board.until(() => this.state && this.replies.has(ref), "its reply", seconds);
    assert.equal(this.replies.get(ref).status, "ok");
    this.replies.clear();
  }
  heartbeat() {
    this.peer.send(frame(heartbeat_message(String(++this.ref))));
  }
  async close() {
    this.peer.send(close_frame());
    await this.board.until(() => this.peer.ended, "its end");
  }
}
