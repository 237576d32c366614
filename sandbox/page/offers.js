// What the app offers beside its messages: suggested prompts, and shortcuts in menus.

import { act } from "./control.js";
import { el, icon } from "./dom.js";
import { menuUnder } from "./menu.js";
import { me, room } from "./room.js";
import { toast } from "./toast.js";

/** List the app's shortcuts of one kind: `global` or `message`. */
export function shortcuts(kind) {
  return (room.state.app?.shortcuts ?? []).filter((one) => one.kind === kind);
}

/** The lightning menu of the composer; hidden while the app has no global shortcut. */
export function lightning() {
  const opener = el("button", { type: "button", class: "lightning", title: "Shortcuts", "aria-label": "Shortcuts" }, icon("bolt"));
  const frame = menuUnder(opener, () => shortcuts("global").map((one) => choice(one, {})));
  frame.dataset.offers = "global";
  frame.hidden = true;
  return frame;
}

/** The menu of a message with the app's shortcuts for it. */
export function messageMenu(ts) {
  const opener = el("button", { type: "button", title: "More actions", "aria-label": "More message actions" }, icon("more"));
  return menuUnder(opener, () => shortcuts("message").map((one) => choice(one, { ts })));
}

/** Show what the app offers now: the lightning menus, and the prompts over the direct composer. */
export function drawOffers() {
  for (const frame of document.querySelectorAll("[data-offers=global]")) frame.hidden = !shortcuts("global").length;
  const frame = document.getElementById("prompts");
  const prompts = room.tab === "direct" ? room.state.app?.prompts ?? [] : [];
  const stamp = JSON.stringify([prompts, me().id]);
  if (frame.dataset.stamp === stamp) return;
  frame.dataset.stamp = stamp;
  frame.hidden = !prompts.length;
  frame.replaceChildren(...prompts.map((one) => el("button", { type: "button", class: "prompt", on: { click: () => ask(one.message) } }, icon("spark"), one.title)));
}

async function ask(text) {
  await act("say", { text, member: me().id, channel: "dm" }).catch((error) => toast(error.message, "bad"));
}

function choice(one, on) {
  const node = el("button", { type: "button", role: "menuitem", tabIndex: -1, class: "menu-choice" }, el("span", {}, one.name), el("small", {}, one.description));
  node.addEventListener("click", () => choose(one, on));
  return node;
}

async function choose(one, on) {
  try {
    const told = await act("shortcut", { callback_id: one.callback_id, member: me().id, ...on });
    if (told.acked === false) toast(`${one.name} failed: ${told.note ?? "the app did not answer in time."}`, "bad");
  } catch (error) {
    toast(error.message, "bad");
  }
}
