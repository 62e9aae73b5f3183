import { show } from "../../../shared_web/show.js";
import { App } from "./App.js";
import "./style.css";

show(<App />);
