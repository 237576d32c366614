// Asks before a press, with the words of Block Kit's confirm object.

import { textObject } from "./blocks.js";
import { el } from "../dom.js";

/** Show the question and wait for the answer; Esc and a click outside mean no. */
export function confirmed(question, place) {
  return new Promise((resolve) => {
    const yes = el("button", { type: "button", class: `button ${question.style === "danger" ? "style-danger" : "style-primary"}` }, textObject(question.confirm, place) ?? "Yes");
    const no = el("button", { type: "button", class: "button" }, textObject(question.deny, place) ?? "Cancel");
    const dialog = el("dialog", { class: "modal small", "data-testid": "confirm", "aria-label": question.title?.text ?? "Are you sure?" },
      el("header", {}, el("h2", {}, textObject(question.title, place) ?? "Are you sure?")),
      el("div", { class: "modal-body mrkdwn" }, textObject(question.text, place)),
      el("footer", {}, no, yes));
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    yes.addEventListener("click", () => end(true));
    no.addEventListener("click", () => end(false));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
