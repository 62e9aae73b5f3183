import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.js";
import { MusubiProvider, socket } from "./connection.js";
import "../../../shared_web/base.css";
import "./style.css";

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <MusubiProvider socket={socket}>
      <App />
    </MusubiProvider>
  </StrictMode>,
);
