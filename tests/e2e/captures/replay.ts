import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eventually } from "../support/eventually.js";
import { Phoenix, settled } from "../support/phoenix.js";
import type { Program } from "../support/program.js";
import type { Frame } from "../support/wire.js";

/** One frame of a recording; topics and refs are not recorded (contract section 17). */
export interface Recorded {
  dir: "out" | "in";
  event: string;
  payload: any;
}

/** A conversation recorded from the original server. */
export interface Capture {
  scenario: string;
  frames: Recorded[];
  expected_state: any;
}

const folder = fileURLToPath(new URL("../../wire/", import.meta.url));

export function readCaptures(): Capture[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(folder + file, "utf8")) as Capture);
}

/**
 * Has the npm phoenix client send what the recording's client sent, and writes down the same kind
 * of recording. After each message all frames that belong to it are awaited: as many as the
 * recording has, and whatever the server owed for it beyond.
 */
export async function replay(server: Program, { scenario, frames }: Capture): Promise<Recorded[]> {
  const lost = lostOn[scenario];
  const phoenix = new Phoenix(server, {
    params: { current_user: "connect-user" },
    drop: (frame) => lost?.(frame) ?? false,
  });
  await phoenix.open();
  const drive = driver(phoenix);
  let awaited = 0;
  for (const [i, { dir, event, payload }] of frames.entries()) {
    if (dir === "in") continue;
    await drive(event, payload);
    for (let next = i + 1; frames[next]?.dir === "in"; ++next) awaited += 1;
    await eventually(() => {
      if (received(phoenix).length < awaited) throw new Error(`${scenario}: a frame is missing`);
    });
    await phoenix.flush();
  }
  const seen = phoenix.passed.filter(({ frame }) => isRecorded(frame));
  await phoenix.close();
  return seen.map(({ dir, frame: [, , , event, payload] }) => ({ dir, event, payload }));
}

/** Frames that a scenario's harness kept from its client. */
const lostOn: Record<string, (frame: Frame) => boolean> = {
  version_gap: ([, , , event, payload]) => event === "patch" && payload.version === 2,
};

/** Heartbeats end a wait, and the close behind a leave's reply is not in the recordings. */
const isRecorded = ([, , topic, event]: Frame) => topic !== "phoenix" && event !== "phx_close";
const received = (phoenix: Phoenix) => phoenix.arrived().filter(isRecorded);

/** Sends what a recording has as sent, through the calls of phoenix.js that send it. */
function driver(phoenix: Phoenix) {
  let channel: ReturnType<typeof phoenix.socket.channel> | undefined;
  return async (event: string, payload: any): Promise<void> => {
    if (event === "phx_join") {
      const topic = `musubi:connection:${payload.module}:${payload.id}`;
      channel = phoenix.socket.channel(topic, payload);
      const [status] = await settled(channel.join());
      if (status !== "ok") phoenix.socket.remove(channel); // or it would try again
    } else if (event === "phx_leave") {
      await settled(channel?.leave());
    } else {
      await settled(channel?.push(event, payload));
    }
  };
}

/** Upload refs are random: numbered by first appearance, as the recordings have them. */
export function numberUploads<T>(recording: T): T {
  const numbers = new Map<string, string>();
  const named = JSON.stringify(recording).replace(/"u_[\w-]{11}"/g, (ref) => {
    if (!numbers.has(ref)) numbers.set(ref, `"u_${`${numbers.size + 1}`.padStart(4, "0")}"`);
    return numbers.get(ref) as string;
  });
  return JSON.parse(named) as T;
}

/** The same recording of a root store that has no `child`. */
export function withoutChild({ scenario, frames, expected_state }: Capture): Capture {
  const childless = (state: any) => {
    if (state === null) return null;
    const { child: _, ...rest } = state;
    return rest;
  };
  const stripped = frames.map((frame) => {
    if (frame.event !== "patch") return frame;
    const ops = frame.payload.ops
      .filter(({ path }: any) => path !== "/child" && !path.startsWith("/child/"))
      .map((op: any) => (op.path === "" ? { ...op, value: childless(op.value) } : op));
    return { ...frame, payload: { ...frame.payload, ops } };
  });
  return { scenario, frames: stripped, expected_state: childless(expected_state) };
}
