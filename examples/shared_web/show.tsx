// Puts a React page of the examples into its document, with the connection to its program.
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { MusubiProvider, socket } from "./connection.js";
import "./base.css";

export function show(page: ReactNode): void {
  createRoot(document.getElementById("app")!).render(
    <StrictMode>
      <MusubiProvider socket={socket}>{page}</MusubiProvider>
    </StrictMode>,
  );
}
