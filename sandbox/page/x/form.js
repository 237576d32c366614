// The form that writes a post as a made-up customer, or as the business when it replies by hand.

import { act } from "../control.js";
import { el } from "../dom.js";
import { ourHandle, room } from "../room.js";
import { toast } from "../toast.js";

const LONGEST = 280;
const IDEAS = [
  "@{us} are you open on Sunday, and is it a dog kind of place?",
  "@{us} do you have oat milk, and does it cost extra?",
  "@{us} the person at the bar this morning made my day. Please tell them.",
  "@{us} my coffee was cold again today. Bit sad about it.",
  "Does anybody know where to find a good coffee in {town}?",
];
let answered = null;
let idea = 0;

/** Wire the form's parts. */
export function setUpForm() {
  const { form, text, author } = parts();
  form.addEventListener("submit", send);
  text.addEventListener("input", count);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.requestSubmit();
  });
  author.addEventListener("input", count);
  document.getElementById("x-idea").addEventListener("click", suggest);
  document.getElementById("x-no-reply").addEventListener("click", () => answerPost(null));
  count();
}

function parts() {
  const find = (name) => document.getElementById(name);
  return { form: find("x-form"), author: find("x-author"), text: find("x-text"), left: find("x-left"), send: find("x-send"), to: find("x-reply-to"), toName: find("x-reply-name"), title: find("x-form-title") };
}

/** Offer the town's people as authors. */
export function drawAuthors() {
  const handles = [...new Set(room.posts.map(({ author }) => author.replace(/^@/, "")))].sort();
  const list = document.getElementById("x-authors");
  if (list.childElementCount !== handles.length) list.replaceChildren(...handles.map((handle) => el("option", { value: `@${handle}` })));
  count();
}

/** Answer a post (null: write a new one); `as` and `text` fill the form. */
export function answerPost(post, { as = null, text = null } = {}) {
  const part = parts();
  answered = post;
  part.to.hidden = post === null;
  if (post) part.toName.textContent = `@${post.author.replace(/^@/, "")}`;
  if (as) part.author.value = `@${as}`;
  else if (post?.ours && isUs(part.author.value)) part.author.value = "@visitor";
  else if (post && !post.ours && part.author.value === "") part.author.value = "@visitor";
  if (text !== null) part.text.value = text;
  document.body.dataset.pane = "x";
  part.form.scrollIntoView({ block: "nearest" });
  part.text.focus();
  count();
}

function isUs(handle) {
  return handle.replace(/^@/, "").toLowerCase() === ourHandle().toLowerCase();
}

function suggest() {
  const { text } = parts();
  const town = room.state.town ?? "Tillory";
  text.value = IDEAS[idea % IDEAS.length].replaceAll("{us}", ourHandle()).replaceAll("{town}", town);
  idea += 1;
  text.focus();
  count();
}

function count() {
  const { text, left, send: button, author, title } = parts();
  const remaining = LONGEST - [...text.value].length;
  left.textContent = String(remaining);
  left.classList.toggle("over", remaining < 0);
  button.disabled = !text.value.trim() || remaining < 0 || !author.value.trim();
  const us = isUs(author.value);
  title.textContent = us ? "Post as the business, by hand" : "Post as a customer";
  button.classList.toggle("as-us", us);
}

async function send(event) {
  event.preventDefault();
  const part = parts();
  if (part.send.disabled) return;
  part.send.disabled = true;
  try {
    await act("posts", { author: part.author.value.trim(), text: part.text.value.trim(), ...(answered ? { in_reply_to: answered.id } : {}) });
    part.text.value = "";
    answered = null;
    part.to.hidden = true;
    if (isUs(part.author.value)) part.author.value = "@visitor";
  } catch (error) {
    toast(error.message, "bad");
  }
  count();
}
