// The panel that breaks things on purpose: what fails next, where, and how often.

import { act, read } from "./control.js";
import { el } from "./dom.js";
import { room } from "./room.js";
import { toast } from "./toast.js";

const QUICK = [
  ["X is down", "The next three calls to X fail", { where: "x", what: "503", times: 3 }],
  ["X out of credit", "Payment required", { where: "x", what: "402", times: 1 }],
  ["Answer lost after posting", "The reply is out, X never says so", { where: "x", what: "posted_but_lost", times: 1 }],
  ["X rate limit", "Too many requests, wait for the reset", { where: "x", what: "429", times: 1 }],
  ["X refuses the reply", "Not summoned by the author", { where: "x", what: "unsummoned", times: 1 }],
  ["X says nothing", "The next post times out", { where: "x", what: "timeout", times: 1, on: "post" }],
  ["Slack rate limit", "Slack asks the app to slow down", { where: "slack", what: "429", times: 2 }],
  ["Slack drops the line", "The app has to connect again", { where: "slack", what: "disconnect", times: 1 }],
  ["Events come twice", "Slack delivers again", { where: "slack", what: "duplicate_events", times: 1 }],
  ["Model talks rubbish", "Its answer cannot be read", { where: "model", what: "rubbish", times: 1 }],
];
const CALLS = {
  x: ["me", "mentions", "timeline", "search", "posts", "post", "delete", "usage", "person"],
  slack: ["chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.update", "views.publish", "users.info", "conversations.history"],
  model: ["chat"],
};
const SERVICES = { x: "X", slack: "Slack", model: "Model" };

/** Fill the panel once. */
export function setUpTrouble() {
  const quick = QUICK.map(([words, about, trouble]) => el("button", { type: "button", class: `quick where-${trouble.where}`, on: { click: () => queue(trouble) } }, el("b", {}, words), el("small", {}, about)));
  document.getElementById("trouble-quick").append(...quick);
  const where = document.getElementById("trouble-where");
  where.addEventListener("change", offer);
  offer();
  document.getElementById("trouble-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const on = form.get("on");
    queue({ where: form.get("where"), what: form.get("what"), times: Number(form.get("times")), ...(on ? { on } : {}) });
  });
  document.getElementById("trouble-clear").addEventListener("click", () => act("trouble", undefined, "DELETE").catch((error) => toast(error.message, "bad")));
  document.getElementById("trouble-calls").addEventListener("toggle", (event) => event.target.open && drawCalls());
  for (const opener of document.querySelectorAll("[data-toggle-trouble]")) opener.addEventListener("click", toggle);
  document.getElementById("trouble").addEventListener("keydown", (event) => event.key === "Escape" && close());
}

function toggle() {
  if (document.body.dataset.trouble === "open") close();
  else {
    document.body.dataset.trouble = "open";
    document.getElementById("trouble").querySelector("button.quick")?.focus();
  }
}

function close() {
  document.body.dataset.trouble = "";
  document.getElementById("trouble-open").focus();
}

function offer() {
  const where = document.getElementById("trouble-where").value;
  document.getElementById("trouble-what").replaceChildren(...(room.state.troubles?.[where] ?? []).map((what) => el("option", { value: what }, what.replaceAll("_", " "))));
  document.getElementById("trouble-on").replaceChildren(el("option", { value: "" }, "any call"), ...CALLS[where].map((call) => el("option", { value: call }, call)));
}

async function queue(trouble) {
  try {
    await act("trouble", trouble);
    toast(`${SERVICES[trouble.where]}: ${trouble.what.replaceAll("_", " ")} is waiting for its call.`);
  } catch (error) {
    toast(error.message, "bad");
  }
}

/** Offer the failures that the room knows, once it said which. */
export function drawTroubleNames() {
  if (!document.getElementById("trouble-what").childElementCount) offer();
}

/** Draw what is still to go wrong. */
export function drawTrouble() {
  const waiting = room.trouble;
  const count = waiting.reduce((sum, { times }) => sum + (times ?? 1), 0);
  for (const badge of document.querySelectorAll(".trouble-count")) {
    badge.textContent = String(count);
    badge.hidden = count === 0;
  }
  document.getElementById("trouble-clear").disabled = count === 0;
  document.getElementById("trouble-waiting").replaceChildren(...(waiting.length ? waiting.map(row) : [el("li", { class: "none" }, "Nothing. Everything works as it should.")]));
  if (document.getElementById("trouble-calls").open) drawCalls();
}

function row({ where, what, times, on }) {
  return el("li", {}, el("span", { class: `where where-${where}` }, SERVICES[where] ?? where), el("b", {}, String(what).replaceAll("_", " ")), el("span", {}, on ? `on ${on}` : ""), el("span", { class: "times" }, `× ${times}`));
}

async function drawCalls() {
  const calls = await read("requests").catch(() => []);
  const latest = calls.slice(-14).reverse();
  document.getElementById("trouble-log").replaceChildren(...latest.map((call) => el("li", { class: call.status >= 400 || call.status === null ? "bad" : "" },
    el("span", { class: `where where-${call.where}` }, SERVICES[call.where] ?? call.where), el("b", {}, call.call), el("span", { class: "times" }, call.status === null ? "no answer" : String(call.status)))));
}
