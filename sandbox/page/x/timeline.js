// The right half: the practice X, newest post first, and what a made-up customer can do there.

import { act } from "../control.js";
import { el, icon, initials, link, picture, reconcile } from "../dom.js";
import { drawn } from "../blocks/emoji.js";
import { ago } from "../blocks/mrkdwn.js";
import { ourHandle, room } from "../room.js";
import { toast } from "../toast.js";
import { answerPost } from "./form.js";

const LONGEST_SNIPPET = 90;
const FLASH_MS = 2400;
let filter = "all";
let seen = null;

/** Listen to the filter buttons and keep the times right. */
export function setUpTimeline() {
  for (const button of document.querySelectorAll("[data-filter]")) {
    button.addEventListener("click", () => {
      filter = button.dataset.filter;
      drawTimeline();
    });
  }
  setInterval(() => {
    for (const time of document.querySelectorAll(".post time")) time.textContent = ago(new Date(time.dateTime));
  }, 30_000);
}

/** Draw what changed. */
export function drawTimeline() {
  for (const button of document.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(button.dataset.filter === filter));
  const known = new Map(room.posts.map((post) => [post.id, post]));
  const fresh = seen ? room.posts.filter(({ id }) => !seen.has(id)).map(({ id }) => id) : [];
  if (room.posts.length) seen = new Set(known.keys());
  const kept = [...room.posts].filter(wanted).reverse();
  const entries = kept.map((post) => ({ key: post.id, stamp: JSON.stringify(post) + ourHandle(), entry: () => shown(post, known, fresh.includes(post.id)) }));
  if (!entries.length) entries.push({ key: "empty", stamp: filter, entry: () => el("div", { class: "empty" }, "No posts here yet. Write one as a customer.") });
  reconcile(document.getElementById("posts"), entries, (build) => build());
}

function wanted(post) {
  if (filter === "ours") return post.ours;
  if (filter === "mentions") return !post.ours && post.text.toLowerCase().includes(`@${ourHandle().toLowerCase()}`);
  return true;
}

function shown(post, known, fresh) {
  const handle = post.author.replace(/^@/, "");
  const name = post.name ?? handle;
  const above = post.in_reply_to && known.get(post.in_reply_to);
  const at = new Date(post.created_at);
  return el("article", {
    class: `post ${post.ours ? "ours" : ""} ${post.in_reply_to ? "answers" : ""} ${post.deleted ? "deleted" : ""} ${fresh ? "fresh" : ""}`,
    data: { testid: "x-post", id: post.id }, "aria-label": `${name}: ${post.text}`,
  },
    el("div", { class: "post-avatar" }, post.picture ? picture(post.picture, "", "round") : initials(name, "round")),
    el("div", { class: "post-main" },
      el("div", { class: "post-head" }, el("strong", {}, drawn(name)), el("span", { class: "handle" }, `@${handle}`), el("span", { "aria-hidden": "true" }, "·"),
        el("time", { datetime: at.toISOString(), title: at.toLocaleString() }, ago(at)), post.ours && el("span", { class: "badge us" }, "You")),
      post.in_reply_to && replyingTo(above),
      el("div", { class: "post-text" }, post.deleted ? "This post was deleted." : posted(post.text)),
      post.quote && quoted(known.get(post.quote)),
      !post.deleted && tools(post)));
}

function replyingTo(above) {
  if (!above) return el("div", { class: "replying" }, "Replying to a post that is gone");
  const words = above.text.length > LONGEST_SNIPPET ? `${above.text.slice(0, LONGEST_SNIPPET)}…` : above.text;
  return el("button", { type: "button", class: "replying", title: words, on: { click: () => showPost(above.id) } },
    "Replying to ", el("span", { class: "at" }, `@${above.author.replace(/^@/, "")}`));
}

function quoted(post) {
  if (!post) return el("div", { class: "quoted" }, "This post is gone.");
  return el("div", { class: "quoted" }, el("strong", {}, drawn(post.name ?? post.author)), " ", el("span", { class: "handle" }, `@${post.author.replace(/^@/, "")}`), el("div", {}, posted(post.text)));
}

/** Show a post's own words: handles, hashtags and addresses get their colour, nothing else changes. */
function posted(text) {
  return text.split(/(https?:\/\/[^\s]+|(?<![\w@])@\w{1,15}|(?<!\w)#\w+)/).map((part) => {
    if (/^https?:\/\//.test(part)) return link(part, part);
    if (/^[@#]\w/.test(part)) return el("span", { class: "at" }, part);
    return drawn(part);
  });
}

function tools(post) {
  const tool = (name, words, action) => el("button", { type: "button", class: "tool", on: { click: action } }, icon(name), words);
  return el("div", { class: "post-tools" },
    tool("reply", "Reply", () => answerPost(post)),
    tool("trash", "Delete", async () => {
      await act(`posts/${encodeURIComponent(post.id)}`, undefined, "DELETE").catch((error) => toast(error.message, "bad"));
    }));
}

/** Bring a post into sight and mark it for a moment; tells whether it is there. */
export function showPost(id) {
  if (filter !== "all") {
    filter = "all";
    drawTimeline();
  }
  const node = document.querySelector(`.post[data-id="${CSS.escape(id)}"]`);
  if (!node) return false;
  document.body.dataset.pane = "x";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  node.classList.add("found");
  setTimeout(() => node.classList.remove("found"), FLASH_MS);
  return true;
}
