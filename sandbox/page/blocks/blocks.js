// Renders Block Kit blocks. `place` is where they stand: {names, press(block, element, value),
// fill: {read(block, element), write(block, element, value)}, errors}.

import { chart } from "./charts.js";
import { el, link, picture } from "../dom.js";
import { button, element } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";

/** Render a list of blocks. */
export function blocks(list, place) {
  return (list ?? []).map((block) => {
    const render = KINDS[block.type] ?? unknown;
    const node = render(block, place);
    node.classList.add("block", `block-${block.type}`);
    node.dataset.blockId = block.block_id ?? "";
    return node;
  });
}

/** Render a text object: plain_text shows no markup, mrkdwn does. */
export function textObject(text, place) {
  if (!text) return null;
  if (typeof text === "string") return document.createTextNode(text);
  if (text.type === "mrkdwn") return mrkdwn(text.text, place.names);
  return text.emoji === false ? document.createTextNode(text.text ?? "") : withEmoji(text.text);
}

const KINDS = {
  section,
  actions: (block, place) => el("div", { class: "row" }, (block.elements ?? []).map((one) => element(block, one, place))),
  context_actions: (block, place) => el("div", { class: "row" }, (block.elements ?? []).map((one) => element(block, one, place))),
  context,
  divider: () => el("hr"),
  header: (block, place) => el("h3", {}, textObject(block.text, place)),
  image,
  input,
  rich_text: (block, place) => richText(block, place.names),
  markdown: (block) => markdown(block.text),
  table,
  data_table: dataTable,
  data_visualization: chart,
  card,
  carousel: (block, place) => el("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" }, blocks(block.elements, place)),
  container,
  alert: (block, place) => el("div", { class: `alert level-${block.level ?? "default"}`, role: "note" }, textObject(block.text, place)),
  file: () => el("div", { class: "unknown" }, "A file"),
  video: (block, place) => el("div", { class: "unknown" }, link(block.title_url, textObject(block.title, place))),
};

function unknown(block) {
  return el("div", { class: "unknown" }, `The practice room does not draw ${block.type} blocks.`);
}

function section(block, place) {
  const words = el("div", { class: "section-words" });
  if (block.text) words.append(el("div", { class: "mrkdwn" }, textObject(block.text, place)));
  if (block.fields) {
    words.append(el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "mrkdwn" }, textObject(field, place)))));
  }
  const accessory = block.accessory && el("div", { class: "accessory" }, element(block, block.accessory, place));
  return el("div", { class: accessory ? "with-accessory" : "" }, words, accessory);
}

function context(block, place) {
  return el("div", {}, (block.elements ?? []).map((one) => one.type === "image"
    ? picture(address(one), one.alt_text, "context-image")
    : el("span", { class: "mrkdwn" }, textObject(one, place))));
}

function address(image) {
  return image.image_url ?? image.slack_file?.url ?? `/slack/files/${image.slack_file?.id ?? ""}`;
}

function image(block, place) {
  return el("figure", {}, block.title && el("figcaption", {}, textObject(block.title, place)), picture(address(block), block.alt_text));
}

function input(block, place) {
  const id = `input-${block.block_id}-${block.element?.action_id}`.replace(/[^\w-]/g, "_");
  const error = place.errors?.[block.block_id];
  const labelled = { ...block.element, id, described: error ? `${id}-error` : undefined };
  const several = ["radio_buttons", "checkboxes"].includes(block.element?.type);
  return el("div", { class: error ? "refused" : "", role: several ? "group" : undefined, "aria-labelledby": several ? `${id}-label` : undefined },
    el("label", { id: `${id}-label`, for: several ? undefined : id }, textObject(block.label, place), block.optional && el("span", { class: "optional" }, " (optional)")),
    element(block, labelled, place),
    block.hint && el("div", { class: "hint" }, textObject(block.hint, place)),
    error && el("div", { class: "error", id: `${id}-error`, role: "alert" }, error));
}

function card(block, place) {
  return el("article", {},
    block.hero_image && el("div", { class: "hero" }, picture(address(block.hero_image), block.hero_image.alt_text)),
    el("div", { class: "card-head" },
      block.icon && picture(address(block.icon), block.icon.alt_text, "card-icon"),
      el("div", {},
        block.title && el("div", { class: "card-title" }, textObject(block.title, place)),
        block.subtitle && el("div", { class: "card-subtitle" }, textObject(block.subtitle, place)))),
    block.body && el("div", { class: "mrkdwn" }, textObject(block.body, place)),
    block.actions && el("div", { class: "row" }, block.actions.map((one) => button(block, one, place))));
}

function container(block, place) {
  const head = [block.title && el("strong", {}, textObject(block.title, place)), block.subtitle && el("span", { class: "card-subtitle" }, textObject(block.subtitle, place))];
  const inside = blocks(block.child_blocks, place);
  if (!block.is_collapsible) return el("div", {}, el("div", { class: "container-head" }, head), inside);
  return el("details", { open: !block.is_collapsed }, el("summary", { class: "container-head" }, head), inside);
}
