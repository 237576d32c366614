// Short notes to the person at the page; read out by screen readers.

import { el } from "./dom.js";

const SHOWN_MS = 5000;

/** Show a note for some seconds; `kind` is "good" or "bad". */
export function toast(words, kind = "good") {
  // Inside an open dialog, or else nobody could see or hear it.
  const dialogs = [...document.querySelectorAll("dialog[open]")];
  const home = dialogs.at(-1) ?? document.body;
  let stack = home.querySelector(":scope > .toasts");
  if (!stack) {
    stack = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    home.append(stack);
  }
  const note = el("div", { class: `toast ${kind}`, "data-testid": "toast" }, words);
  stack.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
