// A menu that opens under its button: choices of a block, of a message, of the composer.

import { el } from "./dom.js";

/** Frame an opener and its menu; `choices()` lists the menu's nodes of class menu-choice, anew at each opening. */
export function menuUnder(opener, choices) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto" });
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", () => {
    const nodes = choices();
    for (const node of nodes) node.addEventListener("click", () => menu.hidePopover());
    menu.replaceChildren(...nodes);
    openBelow(menu, opener);
  });
  menu.addEventListener("toggle", (event) => opener.setAttribute("aria-expanded", String(event.newState === "open")));
  menu.addEventListener("keydown", walk);
  return el("span", { class: "overflow-frame" }, opener, menu);
}

/** Open a menu under its opener, or above it when there is no room. */
function openBelow(menu, opener) {
  menu.showPopover();
  const at = opener.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8));
  const below = at.bottom + 4 + menu.offsetHeight < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - menu.offsetHeight - 4)}px`;
  menu.querySelector(".menu-choice")?.focus();
}

function walk(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll(".menu-choice")];
  const next = all.indexOf(document.activeElement) + steps[event.key];
  all[(next + all.length) % all.length]?.focus();
}
