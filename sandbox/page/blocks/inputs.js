// Renders what is typed: texts, numbers, dates. Each keystroke is kept, so that a view which the
// app updates while somebody types loses nothing.

import { el } from "../dom.js";

const PLAIN = {
  number_input: "number", email_text_input: "email", url_text_input: "url",
  datepicker: "date", timepicker: "time", datetimepicker: "datetime-local",
};
const TYPING_PAUSE_MS = 250;

/** Render an input that is typed into. */
export function typed(block, one, place) {
  if (one.type === "plain_text_input" || one.type === "rich_text_input") return words(block, one, place);
  if (one.type in PLAIN) return plain(block, one, place);
  return el("span", { class: "unknown" }, `(${one.type})`);
}

function words(block, one, place) {
  const multiline = one.multiline || one.type === "rich_text_input";
  const node = el(multiline ? "textarea" : "input", {
    id: one.id, class: "typed", placeholder: one.placeholder?.text, maxlength: one.max_length,
    rows: multiline ? 4 : undefined, "aria-describedby": one.described, autocomplete: "off",
  });
  node.value = place.fill.read(block, one) ?? "";
  const left = one.max_length && one.max_length <= 1000 ? el("span", { class: "left", "aria-hidden": "true" }) : null;
  const count = () => left && (left.textContent = String(one.max_length - node.value.length));
  const tell = teller(block, one, place, node);
  node.addEventListener("input", () => {
    place.fill.write(block, one, node.value || null);
    count();
    tell.typing();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !multiline) tell.entered(event);
  });
  if (one.focus_on_load) node.dataset.focusOnLoad = "yes";
  count();
  return left ? el("div", { class: "typed-frame" }, node, left) : node;
}

/** Tell the app of typing where the block asks for it: on each character (paused) or on Enter. */
function teller(block, one, place, node) {
  const on = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const live = block.type !== "input" || block.dispatch_action;
  let waiting = null;
  const tell = () => place.press(block, one, node.value, { quiet: true });
  return {
    typing() {
      if (!live || !on.includes("on_character_entered")) return;
      clearTimeout(waiting);
      waiting = setTimeout(tell, TYPING_PAUSE_MS);
    },
    entered(event) {
      if (!live || !on.includes("on_enter_pressed")) return;
      event.preventDefault();
      tell();
    },
  };
}

function plain(block, one, place) {
  const kind = PLAIN[one.type];
  const node = el("input", {
    id: one.id, class: "typed short", type: kind, placeholder: one.placeholder?.text,
    "aria-describedby": one.described, "aria-label": one.id ? undefined : one.placeholder?.text ?? kind,
    min: one.min_value, max: one.max_value, step: kind === "number" && one.is_decimal_allowed ? "any" : undefined,
  });
  const value = place.fill.read(block, one);
  node.value = kind === "datetime-local" && value ? localMinutes(Number(value)) : value ?? "";
  node.addEventListener("change", () => {
    const told = kind === "datetime-local" && node.value ? Math.floor(new Date(node.value).getTime() / 1000) : node.value || null;
    place.fill.write(block, one, told);
    if ((block.type !== "input" || block.dispatch_action) && told !== null) place.press(block, one, told);
  });
  return node;
}

function localMinutes(seconds) {
  const moment = new Date(seconds * 1000);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** Read an input's first value from its definition, as plain values. */
export function initialValue(one) {
  if (one.initial_option) return one.initial_option.value;
  if (one.initial_options) return one.initial_options.map((option) => option.value);
  if (one.initial_date_time) return one.initial_date_time;
  return one.initial_value ?? one.initial_user ?? one.initial_users ?? one.initial_conversation ?? one.initial_channel
    ?? one.initial_date ?? one.initial_time ?? null;
}

/** Read an input's value from the state that Slack keeps for it, as plain values. */
export function stateValue(state) {
  if (!state) return undefined;
  if (state.selected_option !== undefined) return state.selected_option?.value ?? null;
  if (state.selected_options !== undefined) return (state.selected_options ?? []).map((option) => option.value);
  for (const name of ["value", "selected_user", "selected_users", "selected_date", "selected_time", "selected_date_time", "selected_conversation", "selected_channel"]) {
    if (state[name] !== undefined) return state[name];
  }
  return undefined;
}
