// Renders what can be pressed in blocks: buttons, menus, choices. What is typed is in inputs.js.

import { textObject } from "./blocks.js";
import { confirmed } from "./confirm.js";
import { el, icon, picture, safeAddress } from "../dom.js";
import { typed } from "./inputs.js";
import { menuUnder } from "../menu.js";

/** Render any element of a block. */
export function element(block, one, place) {
  const render = KINDS[one.type];
  const node = render ? render(block, one, place) : typed(block, one, place);
  if (node.dataset && one.action_id) {
    node.dataset.actionId = one.action_id;
    node.dataset.blockId = block.block_id ?? "";
  }
  return node;
}

const KINDS = {
  button,
  workflow_button: button,
  icon_button: button,
  overflow,
  image: (_block, one) => picture(one.image_url ?? one.slack_file?.url ?? `/slack/files/${one.slack_file?.id ?? ""}`, one.alt_text, "accessory-image"),
  feedback_buttons: feedback,
  radio_buttons: (block, one, place) => choices(block, one, place, "radio"),
  checkboxes: (block, one, place) => choices(block, one, place, "checkbox"),
  static_select: select,
  external_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: several,
  multi_external_select: several,
  multi_users_select: several,
  multi_conversations_select: several,
  multi_channels_select: several,
};

/** Say whether choosing in this element tells the app at once. */
export function tellsAtOnce(block) {
  return block.type !== "input" || Boolean(block.dispatch_action);
}

/** Press: ask first if the element wants it, show that it is under way, tell the app. */
async function press(node, block, one, place, value) {
  if (one.confirm && !(await confirmed(one.confirm, place))) return;
  if (node.classList.contains("waiting")) return;
  node.classList.add("waiting");
  node.setAttribute("aria-busy", "true");
  try {
    await place.press(block, one, value);
  } finally {
    node.classList.remove("waiting");
    node.removeAttribute("aria-busy");
  }
}

/** Render a button; one with an address also opens it, as Slack does. */
export function button(block, one, place) {
  const style = one.style ? `style-${one.style}` : "";
  const href = one.url && safeAddress(one.url);
  const words = one.type === "icon_button" ? [icon(one.icon === "trash" ? "trash" : "spark"), textObject(one.text, place)] : textObject(one.text, place);
  const about = { class: `button ${style}`, "aria-label": one.accessibility_label };
  const node = href
    ? el("a", { ...about, href, target: "_blank", rel: "noopener noreferrer" }, words)
    : el("button", { ...about, type: "button" }, words);
  node.addEventListener("click", () => press(node, block, one, place, one.value));
  return node;
}

function feedback(block, one, place) {
  return el("span", { class: "row" }, ["positive_button", "negative_button"].filter((name) => one[name]).map((name) => {
    const node = el("button", { type: "button", class: "button", "aria-label": one[name].accessibility_label }, textObject(one[name].text, place));
    node.addEventListener("click", () => press(node, block, one, place, one[name].value));
    return node;
  }));
}

function overflow(block, one, place) {
  const opener = el("button", { type: "button", class: "button overflow", "aria-label": "More actions" }, icon("more"));
  return menuUnder(opener, () => (one.options ?? []).map((option) => {
    const href = option.url && safeAddress(option.url);
    const props = { role: "menuitem", tabIndex: -1, class: "menu-choice" };
    const node = href ? el("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }) : el("button", { ...props, type: "button" });
    node.append(...[el("span", {}, textObject(option.text, place))], option.description ? el("small", {}, textObject(option.description, place)) : "");
    node.addEventListener("click", () => press(opener, block, one, place, option.value));
    return node;
  }));
}

/** List what a select offers: its own options, the members, or the channel. */
function offered(one, place) {
  if (one.type.endsWith("users_select")) return place.members().map(({ id, name }) => ({ value: id, words: name }));
  if (one.type.includes("conversations") || one.type.includes("channels")) return [{ value: place.channel().id, words: `#${place.channel().name}` }];
  const groups = one.option_groups ?? [{ options: one.options ?? [] }];
  return groups.flatMap((group) => (group.options ?? []).map((option) => ({
    value: option.value, words: option.text?.text ?? option.value, group: group.label?.text, option,
  })));
}

function select(block, one, place) {
  const chosen = place.fill.read(block, one);
  const node = el("select", { id: one.id, class: "select", "aria-describedby": one.described, "aria-label": one.id ? undefined : one.placeholder?.text ?? "Choose" });
  node.append(el("option", { value: "" }, one.placeholder?.text ?? "Choose…"));
  for (const { value, words, group } of offered(one, place)) {
    let parent = node;
    if (group) {
      parent = [...node.querySelectorAll("optgroup")].find((known) => known.label === group) ?? el("optgroup", { label: group });
      node.append(parent);
    }
    parent.append(el("option", { value, selected: value === chosen }, words));
  }
  node.addEventListener("change", () => {
    place.fill.write(block, one, node.value || null);
    if (tellsAtOnce(block) && node.value) press(node, block, one, place, node.value);
  });
  return node;
}

function several(block, one, place) {
  const choices_ = offered(one, place).map(({ value, words, option }) => option ?? { value, text: { type: "plain_text", text: words } });
  const node = choices(block, { ...one, options: choices_ }, place, "checkbox");
  node.classList.add("scrolling");
  return node;
}

function choices(block, one, place, kind) {
  const chosen = [place.fill.read(block, one)].flat();
  const group = `${block.block_id}-${one.action_id}-${place.key ?? ""}`;
  const node = el("div", { class: "choices", id: one.id, role: kind === "radio" ? "radiogroup" : "group", "aria-describedby": one.described });
  for (const option of one.options ?? []) {
    const box = el("input", { type: kind, name: group, value: option.value, checked: chosen.includes(option.value) });
    box.addEventListener("change", () => {
      const boxes = [...node.querySelectorAll("input:checked")].map((checked) => checked.value);
      const value = kind === "radio" ? option.value : boxes;
      place.fill.write(block, one, value);
      if (tellsAtOnce(block)) press(node, block, one, place, value);
    });
    node.append(el("label", { class: "choice" }, box, el("span", {}, textObject(option.text, place),
      option.description && el("small", {}, textObject(option.description, place)))));
  }
  return node;
}
