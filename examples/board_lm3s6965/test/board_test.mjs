// Runs one suite of tests: board_test.mjs SUITE ELF... The firmware that each needs: scripts/board.
import { alone } from "./alone_test.mjs";
import { announced } from "./announced_test.mjs";
import { assigned } from "./assigned_test.mjs";
import { broker } from "./broker_test.mjs";
import { clients, crowd } from "./clients_test.mjs";
import { faults } from "./fault_test.mjs";
import { hostile } from "./hostile_test.mjs";
import { instructions } from "./instructions_test.mjs";
import { network } from "./network_test.mjs";
import { page } from "./page_test.mjs";
import { secure } from "./secure_test.mjs";
import { steady } from "./steady_test.mjs";
import { without } from "./without_test.mjs";

const suites = { alone, announced, assigned, broker, clients, crowd, faults, hostile, instructions, network, page, secure, steady, without };
const [suite, ...firmware] = process.argv.slice(2);
if (!(suite in suites)) throw new Error(`no suite ${suite}; there are ${Object.keys(suites).join(", ")}`);
suites[suite](...firmware);
