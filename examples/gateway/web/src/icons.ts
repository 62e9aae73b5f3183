/** Outlines in a box of 20 by 20, drawn with a round pen. */
export const icons = {
  back: "M12 4l-6 6 6 6",
  battery: "M3 7h12v6H3zM15 9h2v2h-2",
  controls: "M4 5h6M14 5h2M4 10h2M10 10h6M4 15h7M15 15h1M12 3.5v3M8 8.5v3M13 13.5v3",
  disk: "M4 5.5C4 4 16 4 16 5.5v9c0 1.5-12 1.5-12 0zM4 5.5C4 7 16 7 16 5.5M4 10c0 1.5 12 1.5 12 0",
  down: "M10 4v12M5 11l5 5 5-5",
  fan: "M10 10c0-6 5-6 4-2s-4 2-4 2c6 0 6 5 2 4s-2-4-2-4c0 6-5 6-4 2s4-2 4-2c-6 0-6-5-2-4s2 4 2 4",
  memory: "M5 5h10v10H5zM8 5V2.5M12 5V2.5M8 17.5V15M12 17.5V15M5 8H2.5M5 12H2.5M17.5 8H15M17.5 12H15",
  network: "M10 4v5M5 16v-3.5h10V16M10 9v3.5M7.5 2h5v3h-5zM3 15h4v3H3zM13 15h4v3h-4z",
  next: "M8 5l5 5-5 5",
  pause: "M7 5v10M13 5v10",
  play: "M7 4.5v11l8.5-5.5z",
  plug: "M7 3v4M13 3v4M5 7h10v3c0 3-2 4.5-5 4.5S5 13 5 10zM10 14.5V18",
  processor: "M3 10h3l2.5-6 3.5 12 2.5-6H17",
  reset: "M4 10a6 6 0 1 0 2-4.5M4 3v4h4",
  tasks: "M3 5h2M8 5h9M3 10h2M8 10h9M3 15h2M8 15h9",
  temperature: "M8 11V4.5a2 2 0 0 1 4 0V11a3.5 3.5 0 1 1-4 0zM10 8v5",
} as const;
