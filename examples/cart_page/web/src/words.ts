import { MusubiCommandError } from "@musubi/react";

const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** 1500 → "$15.00" */
export const money = (cents: number): string => dollars.format(cents / 100);

/** "1 item", "2 items" */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** The problems that the cart answers with. */
export const whyNot = {
  unknown_sku: "The shop does not sell that.",
  too_many_carts: "The shop has no cart left.",
  must_sign_in: "Sign in to check out.",
  empty_cart: "There is nothing in the cart.",
};

/** Why a command got no answer. */
export function problem(error: unknown): string {
  if (MusubiCommandError.is(error) && error.kind === "timeout") return "The shop did not answer.";
  return "The connection was lost. Please try again.";
}
