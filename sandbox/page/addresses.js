// Addresses of X and of messages: in the practice room they lead to a place on this page.

import { ourHandle, room } from "./room.js";
import { showMessage } from "./slack_channel.js";
import { answerPost } from "./x/form.js";
import { showPost } from "./x/timeline.js";

/** Catch clicks on links to a post, or to X's reply form, and open them here. */
export function catchAddresses() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && openHere(link.href)) event.preventDefault();
  });
}

function openHere(address) {
  const url = new URL(address, location.href);
  const message = url.origin === location.origin && /^\/archives\/(\w+)\/p(\d{10})(\d{6})$/.exec(url.pathname);
  if (message) return showMessage(message[1], `${message[2]}.${message[3]}`);
  const path = onX(url);
  if (path === null) return false;
  if (/^\/intent\/(tweet|post)$/.test(path)) {
    const post = room.posts.find(({ id }) => id === url.searchParams.get("in_reply_to"));
    answerPost(post ?? null, { as: ourHandle(), text: url.searchParams.get("text") ?? "" });
    return true;
  }
  const status = /^\/[^/]+\/status\/(\d+)/.exec(path);
  return status ? showPost(status[1]) : false;
}

function onX(url) {
  if (/^(www\.)?(x|twitter)\.com$/.test(url.hostname)) return url.pathname;
  const local = ["127.0.0.1", "localhost"].includes(url.hostname) && url.pathname.startsWith("/x/");
  return local ? url.pathname.slice(2) : null;
}
