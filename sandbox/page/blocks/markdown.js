// The markdown block: the common part of Markdown that Slack shows.

import { el, link } from "../dom.js";
import { emoji } from "./emoji.js";

const INLINE = /(`[^`\n]+`)|\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^*\n]+)\*\*|__([^_\n]+)__|~~([^~\n]+)~~|\*([^*\s][^*\n]*)\*|_([^_\s][^_\n]*)_|:([a-z0-9_+-]+):|(https?:\/\/[^\s<>)]+)/;

/** Render Markdown to nodes. */
export function markdown(text) {
  const pieces = [];
  const fences = String(text ?? "").split(/^```[^\n]*\n([\s\S]*?)^```\s*$/m);
  fences.forEach((part, index) => {
    if (index % 2) pieces.push(el("pre", {}, part.replace(/\n$/, "")));
    else for (const block of part.split(/\n{2,}/)) if (block.trim()) pieces.push(...paragraph(block.trim()));
  });
  return el("div", { class: "markdown" }, pieces);
}

function paragraph(block) {
  const lines = block.split("\n");
  if (lines.length > 1 && /^\|?[\s:|-]+\|[\s:|-]*$/.test(lines[1])) return [table(lines)];
  return runs(lines).map(({ kind, words }) => {
    if (kind === "rule") return el("hr");
    if (kind === "quote") return el("blockquote", {}, inline(words.join("\n")));
    if (kind === "bullet" || kind === "number") {
      return el(kind === "bullet" ? "ul" : "ol", {}, words.map((one) => el("li", {}, inline(one))));
    }
    if (kind.startsWith("h")) return el("h4", { class: kind }, inline(words.join(" ")));
    return el("p", {}, inline(words.join("\n")));
  });
}

function runs(lines) {
  const found = [];
  for (const line of lines) {
    const [kind, words] = kindOf(line);
    const last = found.at(-1);
    if (last && last.kind === kind && kind !== "rule" && !kind.startsWith("h")) last.words.push(words);
    else found.push({ kind, words: [words] });
  }
  return found;
}

function kindOf(line) {
  const heading = /^(#{1,6})\s+(.*)/.exec(line);
  if (heading) return [`h${heading[1].length}`, heading[2]];
  if (/^(-{3,}|\*{3,})$/.test(line.trim())) return ["rule", ""];
  const marks = { quote: /^>\s?(.*)/, bullet: /^\s*[-*+]\s+(.*)/, number: /^\s*\d+[.)]\s+(.*)/ };
  for (const [kind, pattern] of Object.entries(marks)) {
    const found = pattern.exec(line);
    if (found) return [kind, found[1]];
  }
  return ["text", line];
}

function table(lines) {
  const rows = lines.filter((_, index) => index !== 1).map((line) => line.replace(/^\||\|$/g, "").split("|"));
  const [head, ...rest] = rows;
  return el("div", { class: "table-frame" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((cell) => el("th", {}, inline(cell.trim()))))),
    el("tbody", {}, rest.map((row) => el("tr", {}, row.map((cell) => el("td", {}, inline(cell.trim()))))))));
}

function inline(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    const found = INLINE.exec(rest);
    if (!found) break;
    if (found.index) nodes.push(document.createTextNode(rest.slice(0, found.index)));
    nodes.push(shown(found));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) nodes.push(document.createTextNode(rest));
  return nodes;
}

function shown([whole, code, label, address, bold, bold2, strike, italic, italic2, name, bare]) {
  if (code) return el("code", {}, code.slice(1, -1));
  if (label) return link(address, inline(label));
  if (bold || bold2) return el("strong", {}, inline(bold || bold2));
  if (strike) return el("s", {}, inline(strike));
  if (italic || italic2) return el("em", {}, inline(italic || italic2));
  if (name) return emoji(name) ?? document.createTextNode(whole);
  return link(bare, bare);
}
