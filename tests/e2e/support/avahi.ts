import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.js";

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A real Avahi, on a loopback interface and a D-Bus of its own: tests/support/run_avahi. */
export class Avahi {
  readonly #folder = mkdtempSync(join(tmpdir(), "musubi-avahi-"));
  readonly #programs: ChildProcess[] = [];
  /** For the programs that are to use it. */
  readonly env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${this.#folder}/bus` };

  async start(): Promise<void> {
    writeFileSync(
      join(this.#folder, "bus.conf"),
      `<busconfig><listen>unix:path=${this.#folder}/bus</listen>` +
        '<auth>EXTERNAL</auth><auth>ANONYMOUS</auth><allow_anonymous/><policy context="default">' +
        '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/>' +
        "</policy></busconfig>",
    );
    this.#run("dbus-daemon", `--config-file=${this.#folder}/bus.conf`, "--nofork", "--nopidfile", "--nosyslog");
    await eventually(() => {
      if (!existsSync(join(this.#folder, "bus"))) throw new Error("the bus does not start");
    });
    this.#run(file("tests/support/run_avahi"), this.#folder);
  }

  /** Another device on the network is called `name`.local, until the returned function is called. */
  rival(name: string): () => void {
    const daemon = this.#programs.at(-1)?.pid;
    const claims = spawn(file("tests/support/claim_name"), [name, `${daemon}`], { stdio: "ignore" });
    this.#programs.unshift(claims); // also if the test fails
    return () => void claims.kill("SIGKILL");
  }

  stop(): void {
    for (const each of this.#programs.splice(0)) each.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true });
  }

  /**
   * The services that are found, one a line, as `avahi-browse --parsable` prints them. It throws after three seconds: while
   * Avahi changes its own name, some requests of avahi-browse are never answered.
   */
  found(): string {
    const unpacked = file("build/tools/avahi-utils/usr/bin/avahi-browse");
    const browse = existsSync(unpacked) ? unpacked : "avahi-browse";
    const options = ["--all", "--resolve", "--parsable", "--terminate", "--no-db-lookup"];
    return execFileSync(browse, options, {
      encoding: "utf8",
      env: { ...process.env, ...this.env },
      stdio: "pipe",
      timeout: 3000,
    });
  }

  #run(command: string, ...args: string[]): void {
    this.#programs.push(spawn(command, args, { stdio: "ignore" }));
  }
}
