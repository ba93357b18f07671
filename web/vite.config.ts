import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, loadEnv } from "vite";

// `npm run dev` shows the sources live; DATELINE_API names the `dateline serve` behind them.
const { DATELINE_API: api = "http://127.0.0.1:8765" } = loadEnv("development", ".", "DATELINE_");

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../src/dateline/web/static",
    emptyOutDir: true,
    target: "es2022",
    // An asset inlined as a data: address would need a weaker content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/api": { target: api, changeOrigin: true } } },
});
