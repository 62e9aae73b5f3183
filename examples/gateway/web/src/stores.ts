/**
 * The gateway's stores as their `State` structs put them on the wire (examples/gateway/stores), in
 * the form of a generated registry. A value that the machine lacks is `null`; a list that was cut
 * says in its `…_hidden` how much is missing.
 */
declare const Type: unique symbol;

interface StoreDef<Module extends string, Shape, Commands> {
  readonly [Type]: { module: Module; shape: Shape; commands: Commands; events: {} };
}

/** Bytes are bytes, rates are bytes per second, shares are percent. */
export interface Processor {
  busy: number | null;
  peak: number | null;
  cores: { number: number; busy: number | null }[];
  cores_hidden: number;
}

export interface Memory {
  total: number;
  used: number;
  available: number;
  cached: number;
  swap: { total: number; used: number } | null;
}

export interface Interface {
  name: string;
  state: "up" | "down" | "waiting" | "unknown";
  speed: number | null;
  mtu: number | null;
  hardware: string | null;
  ipv4: string | null;
  receive_rate: number | null;
  send_rate: number | null;
  packet_rate: number | null;
  received: number;
  sent: number;
  errors: number;
  dropped: number;
}

export interface Disk {
  name: string;
  mount: string;
  filesystem: string;
  read_only: boolean;
  space: { size: number; used: number; available: number; files: number; files_used: number };
  read_rate: number | null;
  write_rate: number | null;
  busy: number | null;
  read: number | null;
  written: number | null;
}

export interface Climate {
  temperatures: { name: string; celsius: number; limit: number | null }[];
  temperatures_hidden: number;
  fans: { name: string; turns: number }[];
  fans_hidden: number;
}

export interface Power {
  batteries: {
    name: string;
    state: "charging" | "discharging" | "full" | "idle" | "unknown";
    percent: number | null;
    watts: number | null;
    volts: number | null;
  }[];
  batteries_hidden: number;
  mains: boolean | null;
}

export interface Processes {
  busiest: { pid: number; name: string; busy: number | null; memory: number }[];
  total: number;
  unwatched: number;
}

/** What every store says of the sampling: `looks` grows by one with each look at the machine. */
export interface Sampling {
  looks: number;
  period: number;
  paused: boolean;
}

export interface Overview extends Sampling {
  name: string;
  counting_since: number | null;
  machine: {
    host: string | null;
    model: string | null;
    processor: string | null;
    system: string | null;
    kernel: string | null;
  };
  uptime: number | null;
  load: { one: number; five: number; fifteen: number } | null;
  processor: Processor;
  memory: Memory | null;
  network: { interfaces: Interface[]; interfaces_hidden: number };
  storage: { disks: Disk[]; disks_hidden: number };
  climate: Climate;
  power: Power;
  processes: Processes;
}

/** One interface or disk; it stays as it was last seen when it is pulled out. */
export interface Watched<Reading> extends Sampling {
  present: boolean;
  reading: Reading;
}

export interface Stores {
  "Gateway.Stores.Overview": StoreDef<
    "Gateway.Stores.Overview",
    Overview,
    {
      rename: { payload: { name: string }; reply: never };
      set_period: { payload: { milliseconds: number }; reply: never };
      pause: { payload: {}; reply: never };
      resume: { payload: {}; reply: never };
      reset_counters: { payload: {}; reply: never };
    }
  >;
  "Gateway.Stores.Interface": StoreDef<"Gateway.Stores.Interface", Watched<Interface>, {}>;
  "Gateway.Stores.Disk": StoreDef<"Gateway.Stores.Disk", Watched<Disk>, {}>;
}
