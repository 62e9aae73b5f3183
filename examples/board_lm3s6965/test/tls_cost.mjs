// What TLS takes of the emulated board: tls_cost.mjs ELF prints, as JSON, bytes of Mbed TLS's region and millions of
// instructions.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { connect } from "node:tls";
import { Emulator } from "./emulator.mjs";

const nanoseconds_per_instruction = 32; // QEMU's -icount shift=5, see emulator.mjs
const elf = process.argv[2];
const ca = readFileSync(join(dirname(elf), "tls/ca.crt"));
const board = await Emulator.start(elf, { serves: 443, stepped: true });
try {
  const memory = async () => (await board.metrics()).pools.tls_memory[0];
  const at_rest = await memory();
  await board.run(1);

  // the board runs in steps of 100 ms, and does nothing else
  const socket = connect({ host: "127.0.0.1", port: board.port, ca });
  socket.on("error", () => {});
  const open = new Promise((done, failed) => socket.once("secureConnect", done).once("error", failed));
  const before = board.seconds;
  await board.wait(open);
  const seconds = board.seconds - before;

  const idle = await memory();
  const { stack } = await board.metrics();
  console.log(
    JSON.stringify({
      settings: at_rest.used,
      idle: idle.used - at_rest.used,
      handshake: idle.most - at_rest.used,
      instructions: Math.round((seconds * 1000) / nanoseconds_per_instruction),
      stack,
    }),
  );
  socket.destroy();
} finally {
  await board.stop();
}
