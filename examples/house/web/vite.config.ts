import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { page } from "../../shared_web/vite.mts";

export default defineConfig(page({ react: react() }));
