// A short form of `scripts/board soak`: six minutes of the board's clock instead of eight hours.
import { it } from "node:test";
import { assert_same, soak, table } from "./soak.mjs";
import { suite } from "./suite.mjs";

export function steady(four) {
  suite("in steady use", four, { wire: true, stepped: true }, (here) => {
    it("needs after minutes what it needed at first", async () => {
      const { after } = await soak(here.board, 360, 3);
      const [first, last] = [after[0], after.at(-1)];
      console.log("    marks after two minutes and after six:\n" + table(first, last));
      assert_same(first, last, 64); // patches have every length only after forty minutes of weather
    });
  });
}
