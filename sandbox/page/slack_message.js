// One message as Slack shows it: avatar, name, badge, time, blocks, reactions, replies.

import { blocks } from "./blocks/blocks.js";
import { el, icon, initials } from "./dom.js";
import { emoji } from "./blocks/emoji.js";
import { ago, mrkdwn } from "./blocks/mrkdwn.js";
import { messageMenu, shortcuts } from "./offers.js";
import { placeOf } from "./place.js";
import { isBot, names, room } from "./room.js";

/** The moment of a message's timestamp. */
export function moment(ts) {
  return new Date(Number(ts) * 1000);
}

/** Build a message; `openThread(ts)` is left out inside a thread. */
export function message(one, { replies = [], openThread = null, dismiss = null } = {}) {
  const bot = isBot(one.author);
  const name = one.name ?? (bot ? room.state.bot?.name ?? "App" : names.member(one.author));
  const at = moment(one.ts);
  const private_ = Boolean(one.ephemeral_to);
  return el("article", {
    class: `message ${bot ? "by-bot" : "by-person"} ${private_ ? "private" : ""}`,
    data: { testid: "message", ts: one.ts }, "aria-label": `${name}, ${clock(at)}`,
  },
    private_ && el("div", { class: "only-you" }, icon("eye"), "Only visible to you", dismiss && el("button", { type: "button", class: "plain", on: { click: () => dismiss(one.ts) } }, "Dismiss")),
    el("div", { class: "avatar" }, bot ? el("img", { src: "icon.svg", alt: "" }) : initials(name)),
    el("div", { class: "message-main" },
      el("div", { class: "message-head" }, el("strong", {}, name), bot && el("span", { class: "badge" }, "APP"), role(one, bot),
        el("time", { datetime: at.toISOString(), title: at.toLocaleString() }, clock(at)), one.edited && !bot && el("small", {}, "(edited)")),
      body(one),
      (one.attachments ?? []).map((attachment) => attached(one, attachment)),
      reactions(one),
      openThread && replies.length > 0 && repliesButton(one, replies, openThread)),
    !private_ && tools(one, openThread));
}

function tools(one, openThread) {
  const menu = shortcuts("message").length > 0 && messageMenu(one.ts);
  if (!openThread && !menu) return null;
  return el("div", { class: "message-tools" }, openThread && el("button", {
    type: "button", title: "Reply in thread", "aria-label": "Reply in thread", on: { click: () => openThread(one.ts) },
  }, icon("chat")), menu);
}

function role(one, bot) {
  const member = bot ? null : room.state.members.find(({ id }) => id === one.author);
  return member && member.role !== "approver" ? el("span", { class: "badge soft" }, member.role) : null;
}

function body(one) {
  if (one.blocks?.length) return el("div", { class: "blocks" }, blocks(one.blocks, placeOf({ ts: one.ts }, { values: one.values })));
  return el("div", { class: "mrkdwn" }, mrkdwn(one.text, names));
}

function attached(one, attachment) {
  const node = el("div", { class: "attachment" },
    attachment.pretext && el("div", { class: "mrkdwn" }, mrkdwn(attachment.pretext, names)),
    attachment.title && el("strong", {}, attachment.title),
    attachment.text && el("div", { class: "mrkdwn" }, mrkdwn(attachment.text, names)),
    attachment.blocks && blocks(attachment.blocks, placeOf({ ts: one.ts }, { values: one.values })));
  if (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? "")) node.style.borderColor = `#${attachment.color.replace("#", "")}`;
  return node;
}

function reactions(one) {
  const given = Array.isArray(one.reactions)
    ? one.reactions.map(({ name, users }) => [name, users ?? []])
    : Object.entries(one.reactions ?? {});
  if (!given.length) return null;
  return el("div", { class: "reactions" }, given.map(([name, who]) => el("span", { class: "reaction", title: who.map(names.member).join(", ") }, emoji(name) ?? `:${name}:`, String(who.length))));
}

function repliesButton(one, replies, openThread) {
  const people = [...new Set(replies.map(({ author }) => author))].slice(0, 3);
  const last = moment(replies.at(-1).ts);
  const when = ago(last);
  return el("button", { type: "button", class: "replies", "data-testid": "replies", on: { click: () => openThread(one.ts) } },
    el("span", { class: "faces" }, people.map((author) => isBot(author) ? el("img", { src: "icon.svg", alt: "" }) : initials(names.member(author), "tiny"))),
    el("b", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    el("small", {}, `Last reply ${/\d[smh]$/.test(when) ? `${when} ago` : when}`));
}

function clock(at) {
  return at.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}
