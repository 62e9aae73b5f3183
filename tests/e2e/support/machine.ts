import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A machine made of files, for `gateway --root`: with long lists, and a battery that is low. */
export function bigMachine(root: string): string {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  };
  const times = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));

  write("proc/stat", ["cpu 900 0 0 900", ...times(64, (i) => `cpu${i} ${9 + i} 0 0 99`)].join("\n"));
  write("proc/uptime", "123456.00 1");
  write("proc/loadavg", "1.50 2.25 3.00 3/400 999");
  write("proc/meminfo", "MemTotal: 16000000 kB\nMemFree: 500000 kB\nMemAvailable: 1000000 kB\nCached: 3000000 kB");
  write("proc/sys/kernel/hostname", "big-machine");
  write("etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"');

  const interfaces = ["lo", ...times(14, (i) => `eth${i}`)];
  const traffic = interfaces.map((name, i) => ` ${name}: ${i} 0 0 0 0 0 0 0 ${i} 0 0 0 0 0 0 0`);
  for (const of of ["self", "1"]) write(`proc/${of}/net/dev`, ["h", "h", ...traffic].join("\n"));
  write("proc/net/dev", ["h", "h", ...traffic].join("\n"));
  interfaces.forEach((name, i) => {
    write(`sys/class/net/${name}/operstate`, i % 3 === 2 ? "down" : "up");
    write(`sys/class/net/${name}/mtu`, "1500");
  });

  const mounts = times(10, (i) => `${20 + i} 1 8:${i} / /${i === 0 ? "" : `mnt/disk${i}`} rw - ext4 /dev/sda${i} rw`);
  for (const of of ["self", "1"]) write(`proc/${of}/mountinfo`, mounts.join("\n"));
  times(10, (i) => mkdirSync(join(root, `mnt/disk${i}`), { recursive: true }));
  write("proc/diskstats", times(10, (i) => ` 8 ${i} sda${i} 9 0 9 1 5 0 5 1 0 1 1`).join("\n"));

  write("sys/class/hwmon/hwmon0/name", "coretemp");
  times(12, (i) => {
    write(`sys/class/hwmon/hwmon0/temp${i + 1}_input`, `${35_000 + 5_000 * i}`);
    write(`sys/class/hwmon/hwmon0/temp${i + 1}_label`, `Core ${i}`);
    write(`sys/class/hwmon/hwmon0/temp${i + 1}_crit`, "100000");
  });
  write("sys/class/hwmon/hwmon1/name", "nct6775");
  times(8, (i) => write(`sys/class/hwmon/hwmon1/fan${i + 1}_input`, `${900 + 100 * i}`));
  for (const [name, percent] of [["BAT0", 8], ["BAT1", 55]] as const) {
    const supply = `sys/class/power_supply/${name}`;
    write(`${supply}/type`, "Battery");
    write(`${supply}/scope`, "System");
    write(`${supply}/present`, "1");
    write(`${supply}/status`, "Discharging");
    write(`${supply}/capacity`, `${percent}`);
  }
  times(30, (i) => write(`proc/${i + 1}/stat`, `${i + 1} (program-${i + 1}) S 1 1 1 0 -1 0 0 0 0 0 ${i} 0 0 0 20 0 1 0 1 1000000 ${100 * i} 0`));
  return root;
}
