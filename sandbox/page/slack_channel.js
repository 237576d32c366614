// The left half: the channel, the app's own messages and Home tab, and a thread beside them.

import { blocks } from "./blocks/blocks.js";
import { composer } from "./composer.js";
import { act } from "./control.js";
import { el, reconcile } from "./dom.js";
import { drawOffers } from "./offers.js";
import { placeOf } from "./place.js";
import { me, room } from "./room.js";
import { message, moment } from "./slack_message.js";
import { toast } from "./toast.js";

const NEAR_END_PX = 120;
const FLASH_MS = 1600;
let parts = null;

/** Find the parts of the page that this half fills, once. */
export function setUpChannel(redraw) {
  const find = (name) => document.getElementById(name);
  parts = { redraw, feed: find("feed"), thread: find("thread"), threadFeed: find("thread-feed"), threadEnd: find("thread-composer"), newer: find("newer"), home: find("home") };
  find("composer").append(composer({ thread: () => null }));
  parts.threadEnd.append(composer({ thread: () => room.thread, threaded: true }));
  find("thread-close").addEventListener("click", () => openThread(null));
  for (const tab of document.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => openTab(tab.dataset.tab));
  parts.newer.addEventListener("click", () => toEnd(parts.feed));
  parts.feed.addEventListener("scroll", () => { if (nearEnd(parts.feed)) parts.newer.hidden = true; });
}

/** Draw what changed. */
export function drawChannel() {
  for (const tab of document.querySelectorAll("[data-tab]")) tab.setAttribute("aria-current", String(tab.dataset.tab === room.tab));
  document.getElementById("stage").dataset.tab = room.tab;
  parts.home.hidden = room.tab !== "home";
  parts.feed.hidden = room.tab === "home";
  document.getElementById("composer").hidden = room.tab === "home";
  if (room.tab === "home") drawHome();
  else drawFeed();
  drawThread();
  drawOffers();
}

function here() {
  const main = room.state.channel?.id;
  const shown = room.messages.filter((one) => !one.ephemeral_to || one.ephemeral_to === me().id).filter((one) => !room.dismissed.has(one.ts));
  if (room.tab === "direct") return shown.filter((one) => one.channel?.startsWith("D") && (!one.with_member || one.with_member === me().id));
  return shown.filter((one) => !one.channel || one.channel === main);
}

function inThread(one) {
  return Boolean(one.thread_ts) && one.thread_ts !== one.ts;
}

function drawFeed() {
  const all = here();
  const replies = Map.groupBy ? Map.groupBy(all.filter(inThread), (one) => one.thread_ts) : grouped(all.filter(inThread));
  const stay = nearEnd(parts.feed);
  const before = parts.feed.known?.size ?? 0;
  const entries = withDays(all.filter((one) => !inThread(one) || one.broadcast), (one) => ({
    key: one.ts,
    stamp: JSON.stringify([one, (replies.get(one.ts) ?? []).map(({ ts }) => ts), room.state.members.length, room.state.app]),
    entry: () => message(one, { replies: replies.get(one.ts) ?? [], openThread, dismiss }),
  }));
  if (!entries.length) entries.push({ key: "empty", stamp: room.tab, entry: emptyFeed });
  keepFocus(parts.feed, () => reconcile(parts.feed, entries, (build) => build()));
  if (stay) toEnd(parts.feed);
  else if (entries.length > before && before > 0) parts.newer.hidden = false;
}

function grouped(list) {
  const found = new Map();
  for (const one of list) found.set(one.thread_ts, [...(found.get(one.thread_ts) ?? []), one]);
  return found;
}

function withDays(list, entry) {
  const entries = [];
  let day = "";
  for (const one of list) {
    const at = moment(one.ts).toDateString();
    if (at !== day) entries.push({ key: `day-${at}`, stamp: dayWords(at), entry: () => el("div", { class: "day" }, el("span", {}, dayWords(at))) });
    day = at;
    entries.push(entry(one));
  }
  return entries;
}

function dayWords(day) {
  const today = new Date();
  if (day === today.toDateString()) return "Today";
  return new Date(day).toLocaleDateString([], { weekday: "long", month: "long", day: "numeric" });
}

function emptyFeed() {
  return el("div", { class: "empty" }, room.tab === "direct"
    ? `Nothing between you and ${room.state.bot?.name ?? "the app"} yet.`
    : "Nothing here yet. The first cards come when the app has looked at X.");
}

function dismiss(ts) {
  room.dismissed.add(ts);
  parts.redraw();
}

/** Open the thread under a message, or close it. */
export function openThread(ts) {
  const before = room.thread;
  room.thread = ts;
  parts.redraw();
  if (ts) parts.thread.querySelector("textarea")?.focus();
  else if (before) parts.feed.querySelector(`[data-ts="${CSS.escape(before)}"] .replies`)?.focus();
}

/** Lead to a message of the channel, as a link in Slack does. */
export function showMessage(channel, ts) {
  const one = room.messages.find((each) => each.ts === ts && each.channel === channel);
  if (!one) return false;
  openTab(channel.startsWith("D") ? "direct" : "channel");
  if (inThread(one)) openThread(one.thread_ts);
  const frame = inThread(one) ? parts.thread : parts.feed;
  const node = frame.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  node?.classList.add("found");
  setTimeout(() => node?.classList.remove("found"), FLASH_MS);
  return true;
}

function drawThread() {
  const all = here();
  const first = room.thread && all.find((one) => one.ts === room.thread);
  const open = Boolean(first) && room.tab !== "home";
  parts.thread.hidden = !open;
  document.getElementById("slack").classList.toggle("has-thread", open);
  if (!open) return;
  const rest = all.filter((one) => one.thread_ts === room.thread && inThread(one));
  const stay = nearEnd(parts.threadFeed);
  const entries = [first, ...rest].map((one) => ({ key: one.ts, stamp: JSON.stringify([one, room.state.app]), entry: () => message(one, { dismiss }) }));
  const count = rest.length === 1 ? "1 reply" : `${rest.length} replies`;
  entries.splice(1, 0, { key: "count", stamp: count, entry: () => el("div", { class: "reply-count" }, el("span", {}, rest.length ? count : "No replies yet")) });
  const status = room.state.assistant?.[room.thread]?.status;
  if (status) entries.push({ key: "status", stamp: status, entry: () => el("p", { class: "status", role: "status" }, `${room.state.bot?.name ?? "The app"} ${status}`) });
  keepFocus(parts.threadFeed, () => reconcile(parts.threadFeed, entries, (build) => build()));
  if (stay) toEnd(parts.threadFeed);
}

/** Rebuilding a message takes its nodes away: give the focus back to the same control. */
function keepFocus(frame, draw) {
  const held = document.activeElement;
  const inside = frame.contains(held) ? { ts: held.closest("[data-ts]")?.dataset.ts, action: held.dataset.actionId } : null;
  draw();
  if (!inside?.ts || frame.contains(held)) return;
  const place = frame.querySelector(`[data-ts="${CSS.escape(inside.ts)}"]`);
  const same = inside.action && place?.querySelector(`[data-action-id="${CSS.escape(inside.action)}"]`);
  if (same) same.focus();
  else if (place) {
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }
}

async function openTab(tab) {
  room.tab = tab;
  room.thread = null;
  parts.redraw();
  if (tab !== "home") toEnd(parts.feed);
  else await act("home", { member: me().id }).catch((error) => toast(error.message, "bad"));
}

/** Draw the app's Home tab as the acting member sees it. */
function drawHome() {
  const own = room.views.find((one) => one.type === "home" && one.member === me().id);
  const stamp = own ? JSON.stringify(own.view.blocks) + me().id : `none-${me().id}`;
  const build = () => own
    ? el("div", { class: "home-blocks blocks" }, blocks(own.view.blocks, placeOf({ view_id: own.view_id }, { values: own.view.state?.values })))
    : el("div", { class: "empty" }, "This app shows nothing on its Home tab yet.");
  reconcile(parts.home, [{ key: "home", stamp, entry: build }], (make) => make());
}

function nearEnd(feed) {
  return feed.scrollHeight - feed.scrollTop - feed.clientHeight < NEAR_END_PX;
}

function toEnd(feed) {
  feed.scrollTop = feed.scrollHeight;
  if (feed === parts.feed) parts.newer.hidden = true;
}
