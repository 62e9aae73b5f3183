/** The stores of this firmware, as application/thermostat.hpp declares them. */
export type Mode = "off" | "eco" | "comfort";

export interface Thermostat {
  room: string;
  temperature: number;
  outside: number;
  target: number;
  mode: Mode;
  heating: boolean;
  fault: string | null;
}
