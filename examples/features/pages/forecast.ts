import { button, el, open } from "./page.js";

const connection = await open<Forecast.Stores>();
const { store } = await connection.mountStore({ module: "Example.WeatherStation", id: "main" });

const where = el("input", { id: "where", value: "Oslo" });
const refresh = button("Refresh", () => store.dispatchCommand("refresh", { where: where.value }));
const stop = button("Stop", () => store.dispatchCommand("stop"));
const weather = el("p", { id: "weather" });
document.body.prepend(where, refresh, stop, weather);

function show(): void {
  const { status, data, error } = store.weather;
  const known = data ? `${data.sky}, ${data.celsius} °C` : "nothing yet"; // the last value stays
  const reason = error?.value;
  const state = { loading: " (loading)", ok: "", failed: ` (${String(reason)})` };
  weather.textContent = known + state[status];
}
store.subscribe(show);
show();
