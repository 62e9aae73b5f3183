import { musubiTypes } from "@musubi/client/vite";
import { defineConfig, type Plugin } from "vite";

/** Fails when a module that must be there once, for its state, is there twice or not at all. */
const once: Plugin = {
  name: "once",
  buildEnd() {
    for (const module of ["/react/index.js", "/@musubi/client/dist/index.js", "/@musubi/react/dist/index.js"]) {
      const found = [...this.getModuleIds()].filter((id) => id.endsWith(`node_modules${module}`));
      if (found.length !== 1) this.error(`${module} is in the bundle ${found.length} times: ${found}`);
    }
  },
};

export default defineConfig({ plugins: [musubiTypes(), once] });
