// Modals as Slack shows them: one over the other, errors under their inputs, nothing typed is lost
// when the app updates the view.

import { blocks, textObject } from "./blocks/blocks.js";
import { act } from "./control.js";
import { el, icon } from "./dom.js";
import { draftValues, placeOf } from "./place.js";
import { me, room } from "./room.js";
import { toast } from "./toast.js";

let shown = null;

/** Show the topmost modal of the acting member, or none. */
export function drawModal() {
  const stack = room.views.filter((one) => one.type === "modal" && one.member === me().id);
  const top = stack.at(-1);
  if (!top) {
    hide();
    return;
  }
  const { state: _state, ...fixed } = top.view;
  const stamp = JSON.stringify([top.view_id, fixed, top.errors ?? {}]);
  if (shown?.stamp === stamp) return;
  const held = shown?.view_id === top.view_id ? focusIn(shown.dialog) : null;
  const scrolled = held ? shown.dialog.querySelector(".modal-body").scrollTop : 0;
  if (shown) takeDown();
  shown = { view_id: top.view_id, stamp, dialog: build(top, stack.length) };
  document.body.append(shown.dialog);
  shown.dialog.showModal();
  shown.dialog.querySelector(".modal-body").scrollTop = scrolled;
  giveFocus(shown.dialog, held);
}

function takeDown() {
  shown.dialog.close();
  shown.dialog.remove();
}

function hide() {
  if (!shown) return;
  takeDown();
  room.drafts.delete(shown.view_id);
  shown = null;
}

function focusIn(dialog) {
  const held = document.activeElement;
  if (!dialog.contains(held)) return {};
  return { id: held.id, action: held.dataset.actionId, start: held.selectionStart, end: held.selectionEnd };
}

function giveFocus(dialog, held) {
  const same = held?.id ? dialog.querySelector(`#${CSS.escape(held.id)}`) : held?.action && dialog.querySelector(`[data-action-id="${CSS.escape(held.action)}"]`);
  const first = dialog.querySelector("[data-focus-on-load]") ?? dialog.querySelector(".modal-body :is(input, textarea, select)") ?? dialog.querySelector("footer button");
  const target = same ?? first;
  target?.focus();
  if (same && Number.isInteger(held.start) && same.setSelectionRange) same.setSelectionRange(held.start, held.end);
}

function build(top, depth) {
  const view = top.view;
  const place = placeOf({ view_id: top.view_id }, { values: view.state?.values, errors: top.errors });
  const close = () => closeView(top.view_id);
  const submit = view.submit && el("button", { type: "submit", class: "button style-primary", disabled: view.submit_disabled }, textObject(view.submit, place));
  const form = el("form", { novalidate: true },
    el("header", {}, el("img", { src: "icon.svg", alt: "" }), el("h2", { id: `title-${top.view_id}` }, textObject(view.title, place)),
      el("button", { type: "button", class: "plain", "aria-label": "Close", on: { click: close } }, icon("close"))),
    el("div", { class: "modal-body blocks" }, blocks(view.blocks, place)),
    el("footer", {}, el("button", { type: "button", class: "button", on: { click: close } }, textObject(view.close, place) ?? (depth > 1 ? "Back" : "Cancel")), submit));
  const dialog = el("dialog", { class: "modal", data: { testid: "modal", viewId: top.view_id }, "aria-labelledby": `title-${top.view_id}` }, form);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(top.view_id, form, submit);
  });
  return dialog;
}

async function closeView(viewId) {
  await act("close", { view_id: viewId, member: me().id }).catch((error) => toast(error.message, "bad"));
  room.drafts.delete(viewId);
}

async function send(viewId, form, submit) {
  if (!submit || submit.disabled) return;
  submit.disabled = true;
  submit.classList.add("waiting");
  try {
    const told = await act("submit", { view_id: viewId, member: me().id, values: draftValues(viewId) });
    if (told.errors) showErrors(form, told.errors);
    else if (told.ok === false) throw new Error(told.error ?? "We had some trouble connecting. Try again?");
  } catch (error) {
    toast(error.message, "bad");
  } finally {
    submit.disabled = false;
    submit.classList.remove("waiting");
  }
}

function showErrors(form, errors) {
  for (const old of form.querySelectorAll(".error")) old.remove();
  for (const block of form.querySelectorAll(".block")) block.classList.remove("refused");
  for (const [blockId, words] of Object.entries(errors)) {
    const block = [...form.querySelectorAll(".block")].find((one) => one.dataset.blockId === blockId);
    if (!block) continue;
    block.classList.add("refused");
    block.append(el("div", { class: "error", role: "alert" }, words));
  }
  form.querySelector(".refused :is(input, textarea, select)")?.focus();
}
