// The rich_text block: sections, lists, quotes and preformatted text with Slack's copy button.

import { el, gather, icon, link } from "../dom.js";
import { drawn, emoji } from "./emoji.js";
import { mention } from "./mrkdwn.js";

/** Render a rich_text block. */
export function richText(block, names) {
  return el("div", { class: "rich-text" }, (block.elements ?? []).map((part) => piece(part, names)));
}

function piece(part, names) {
  const inside = () => (part.elements ?? []).map((leaf) => inline(leaf, names));
  if (part.type === "rich_text_section") return el("p", {}, inside());
  if (part.type === "rich_text_quote") return el("blockquote", {}, inside());
  if (part.type === "rich_text_preformatted") return preformatted(inside());
  if (part.type === "rich_text_list") return list(part, names);
  return el("p", { class: "unknown" }, `(${part.type})`);
}

function list(part, names) {
  const ordered = part.style === "ordered";
  const entries = (part.elements ?? []).map((one) => el("li", {}, (one.elements ?? []).map((leaf) => inline(leaf, names))));
  const node = el(ordered ? "ol" : "ul", { class: `indent-${Math.min(part.indent ?? 0, 5)}` }, entries);
  if (ordered && part.offset) node.start = part.offset + 1;
  return node;
}

function preformatted(inside) {
  const pre = el("pre", {}, inside);
  const copy = el("button", { type: "button", class: "copy", title: "Copy", "aria-label": "Copy text" }, icon("copy"));
  copy.addEventListener("click", async () => {
    const copied = await copyText(pre.textContent);
    copy.classList.toggle("done", copied);
    copy.setAttribute("aria-label", copied ? "Copied" : "Copying failed: select the text instead");
    setTimeout(() => copy.classList.remove("done"), 1500);
  });
  return el("div", { class: "preformatted", "data-testid": "preformatted" }, pre, copy);
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { value: text, class: "offstage" });
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

function inline(leaf, names) {
  return styled(bareInline(leaf, names), leaf.style ?? {});
}

function bareInline(leaf, names) {
  switch (leaf.type) {
    case "text": return gather(drawn(leaf.text));
    case "link": return link(leaf.url, leaf.text || leaf.url);
    case "emoji": return emoji(leaf.name) ?? document.createTextNode(`:${leaf.name}:`);
    case "user": return mention(`@${names.member(leaf.user_id)}`);
    case "channel": return mention(`#${names.channel(leaf.channel_id)}`);
    case "usergroup": return mention("@group");
    case "broadcast": return mention(`@${leaf.range}`, "loud");
    case "date": return document.createTextNode(new Date(leaf.timestamp * 1000).toLocaleString());
    case "color": return document.createTextNode(leaf.value ?? "");
    default: return document.createTextNode("");
  }
}

function styled(node, style) {
  let shown = node;
  for (const [name, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["code", "code"]]) {
    if (style[name]) shown = el(tag, {}, shown);
  }
  return shown;
}
