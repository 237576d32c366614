// Where a member writes: a message, or a slash command when it begins with "/".

import { act } from "./control.js";
import { el, icon } from "./dom.js";
import { lightning } from "./offers.js";
import { me, room } from "./room.js";
import { toast } from "./toast.js";

const LONGEST_FIELD_PX = 160;

/** Build a composer; `thread()` gives the thread's ts or null for the channel itself, `threaded` says which it is. */
export function composer({ thread, threaded = false }) {
  const inThread = () => thread() !== null;
  const field = el("textarea", { rows: 1, "aria-label": "Write a message", autocomplete: "off" });
  const send = el("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
  const hint = el("div", { class: "composer-hint", "aria-live": "polite" });
  const form = el("form", { class: "composer", "data-testid": "composer" }, el("div", { class: "composer-frame" }, field, !threaded && lightning(), send), hint);
  const resize = () => {
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, LONGEST_FIELD_PX)}px`;
    send.disabled = !field.value.trim();
    hint.textContent = /^\/\w/.test(field.value) ? (inThread() ? "Slash commands do not work in threads." : "Enter sends this to the app as a slash command.") : "";
  };
  field.addEventListener("focus", () => { field.placeholder = placeholder(inThread()); });
  field.addEventListener("input", resize);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    resize();
    if (!(await deliver(text, thread()))) {
      field.value = text;
      resize();
    }
  });
  field.placeholder = placeholder(inThread());
  resize();
  return form;
}

function placeholder(inThread) {
  return inThread ? "Reply…" : "Message, or / for a command";
}

/** Send what was written; tells whether it went. */
async function deliver(text, thread) {
  const command = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(text);
  try {
    if (command && thread) throw new Error(`${command[1]} does not work in threads. Slack takes slash commands in the channel only.`);
    const told = command
      ? await act("command", { command: command[1], text: command[2], member: me().id })
      : await act("say", { text, member: me().id, ...(thread ? { thread_ts: thread } : {}), ...direct() });
    if (told.ok === false) throw new Error(told.error ?? "The room refused this.");
    if (command && told.acked === false) toast(`${command[1]} failed: ${told.note ?? "the app did not answer in time."}`, "bad");
    return true;
  } catch (error) {
    toast(error.message, "bad");
    return false;
  }
}

function direct() {
  return room.tab === "direct" ? { channel: "dm" } : {};
}
