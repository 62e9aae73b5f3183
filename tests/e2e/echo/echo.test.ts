import { listening, Program } from "../support/program.js";
import { echoCases } from "./cases.js";

echoCases(() => Program.start("bench_host", ["--port", "0", "--clients", "64"], listening));
