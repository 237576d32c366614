// Slack's mrkdwn: *bold*, _italic_, ~strike~, `code`, ```pre```, > quotes, <links> and mentions.

import { el, gather, link } from "../dom.js";
import { drawn, emoji } from "./emoji.js";

const SPANS = { "*": "strong", _: "em", "~": "s" };
const BARE_ADDRESS = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]]/y;
const EMOJI = /:([a-z0-9_+-]+):/y;
const WORD = /[\p{L}\p{N}]/u;

/** Undo the escaping that Slack asks for: &amp; &lt; &gt;. */
export function unescapeSlack(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Render mrkdwn to nodes; `names` tells what ids mean: {member(id), channel(id)}. */
export function mrkdwn(text, names) {
  const parts = String(text ?? "").split(/```([\s\S]+?)```/);
  return gather(parts.map((part, index) => {
    if (index % 2) return el("pre", {}, unescapeSlack(part.replace(/^\n|\n$/g, "")));
    const before = index > 0 ? part.replace(/^\n/, "") : part;
    return lines(index < parts.length - 1 ? before.replace(/\n$/, "") : before, names);
  }));
}

function lines(text, names) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?/.exec(line);
    const words = quote ? line.slice(quote[0].length) : line;
    const last = groups.at(-1);
    if (last && last.quote === Boolean(quote)) last.words.push(words);
    else groups.push({ quote: Boolean(quote), words: [words] });
  }
  return groups.map(({ quote, words }) => {
    const inside = spans(words.join("\n"), names);
    return quote ? el("blockquote", {}, inside) : inside;
  });
}

/** Render what stands within lines: spans, links, mentions, emoji. */
function spans(text, names) {
  const nodes = [];
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain) nodes.push(...drawn(unescapeSlack(plain)));
    plain = "";
  };
  while (at < text.length) {
    const found = token(text, at, names);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function token(text, at, names) {
  const sign = text[at];
  if (sign === "`") return code(text, at);
  if (sign === "<") return angle(text, at, names);
  if (sign in SPANS) return span(text, at, names);
  if (sign === ":") return shortcode(text, at);
  if (sign === "h") return bare(text, at);
  return null;
}

function code(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1 || text.slice(at, end).includes("\n")) return null;
  return { node: el("code", {}, unescapeSlack(text.slice(at + 1, end))), end: end + 1 };
}

function span(text, at, names) {
  const sign = text[at];
  if (at > 0 && WORD.test(text[at - 1])) return null;
  if (!text[at + 1] || /[\s*_~]/.test(text[at + 1])) return null;
  for (let end = text.indexOf(sign, at + 2); end !== -1; end = text.indexOf(sign, end + 1)) {
    const inside = text.slice(at + 1, end);
    if (inside.includes("\n")) return null;
    if (!/\s$/.test(inside) && !(text[end + 1] && WORD.test(text[end + 1]))) {
      return { node: el(SPANS[sign], {}, spans(inside, names)), end: end + 1 };
    }
  }
  return null;
}

function shortcode(text, at) {
  EMOJI.lastIndex = at;
  const found = EMOJI.exec(text);
  const node = found && emoji(found[1]);
  return node ? { node, end: at + found[0].length } : null;
}

function bare(text, at) {
  BARE_ADDRESS.lastIndex = at;
  const found = BARE_ADDRESS.exec(text);
  return found ? { node: link(unescapeSlack(found[0]), unescapeSlack(found[0])), end: at + found[0].length } : null;
}

function angle(text, at, names) {
  const end = text.indexOf(">", at + 1);
  if (end === -1) return null;
  const [target, label] = split(text.slice(at + 1, end));
  const node = meaning(target, label, names);
  return node ? { node, end: end + 1 } : null;
}

function split(inside) {
  const bar = inside.indexOf("|");
  return bar === -1 ? [inside, null] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

function meaning(target, label, names) {
  const shown = label === null ? null : unescapeSlack(label);
  if (/^@[UW]/.test(target)) return mention(`@${shown ?? names.member(target.slice(1))}`);
  if (/^#C/.test(target)) return mention(`#${shown ?? names.channel(target.slice(1))}`);
  if (/^!(here|channel|everyone)$/.test(target)) return mention(`@${target.slice(1)}`, "loud");
  if (target.startsWith("!subteam^")) return mention(shown ?? "@group");
  if (target.startsWith("!date^")) return date(target, shown);
  if (/^https?:\/\//.test(target)) return link(unescapeSlack(target), shown ?? unescapeSlack(target));
  if (target.startsWith("mailto:")) return el("span", {}, shown ?? target.slice(7));
  return null;
}

/** Make the chip of somebody or something named. */
export function mention(words, extra = "") {
  return el("span", { class: `mention ${extra}` }, words);
}

const DATE_WORDS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

function date(target, fallback) {
  const [, seconds, format = "", address] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return document.createTextNode(fallback ?? "");
  const words = unescapeSlack(format).replace(/\{(\w+)\}/g, (whole, name) => dateWord(whole, name, moment));
  const node = el("time", { datetime: moment.toISOString(), title: moment.toLocaleString() }, words || fallback || "");
  return address ? link(unescapeSlack(address), node) : node;
}

function dateWord(whole, name, moment) {
  if (name === "ago") return ago(moment);
  const plain = name.replace(/_pretty$/, "");
  if (!(plain in DATE_WORDS)) return whole;
  if (name.endsWith("_pretty")) {
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(moment).setHours(0, 0, 0, 0)) / 864e5);
    const near = { 0: "today", 1: "yesterday", "-1": "tomorrow" }[days];
    if (near) return near;
  }
  const kind = plain.startsWith("time") ? "toLocaleTimeString" : "toLocaleDateString";
  return moment[kind]([], DATE_WORDS[plain]);
}

/** Say how long ago something was, as short as X does. */
export function ago(moment, now = Date.now()) {
  const seconds = Math.max(0, (now - moment.getTime()) / 1000);
  if (seconds < 60) return seconds < 5 ? "now" : `${Math.floor(seconds)}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}h`;
  return moment.toLocaleDateString([], { month: "short", day: "numeric" });
}
