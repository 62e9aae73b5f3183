// scripts/board test: real clients and hostile ones against the firmware in QEMU.
import { announced } from "./announced_test.mjs";
import { broker } from "./broker_test.mjs";
import { clients } from "./clients_test.mjs";
import { faults } from "./fault_test.mjs";
import { hostile } from "./hostile_test.mjs";
import { network } from "./network_test.mjs";
import { page } from "./page_test.mjs";
import { secure } from "./secure_test.mjs";
import { steady } from "./steady_test.mjs";

const [four, most, mqtt, mdns, tls] = process.argv.slice(2);
clients(four, most);
page(four);
hostile(four);
network(four);
steady(four);
if (mqtt !== "") broker(mqtt);
faults(four);
if (mdns !== "") announced(mdns);
if (tls !== undefined) secure(tls);
