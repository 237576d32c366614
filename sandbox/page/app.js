// The page of the practice room: reads the lists, draws them, and follows what changes.

import { catchAddresses } from "./addresses.js";
import { act, follow, read } from "./control.js";
import { el, initials } from "./dom.js";
import { drawModal } from "./modal.js";
import { actAs, me, ourHandle, recallMember, room } from "./room.js";
import { drawChannel, setUpChannel } from "./slack_channel.js";
import { toast } from "./toast.js";
import { drawTrouble, drawTroubleNames, setUpTrouble } from "./trouble.js";
import { drawAuthors, setUpForm } from "./x/form.js";
import { drawTimeline, setUpTimeline } from "./x/timeline.js";

const ROLES = { approver: "may approve", guest: "guest", outsider: "from another company" };
const LISTS = {
  state: { path: "state", draw: [drawHouse, drawChannel, drawTimeline, drawTroubleNames] },
  messages: { path: "messages", draw: [drawChannel] },
  views: { path: "views", draw: [drawChannel, drawModal] },
  posts: { path: "posts", draw: [drawTimeline, drawAuthors] },
  trouble: { path: "trouble", draw: [drawTrouble] },
};
const reading = new Map();

/** Read a list anew and draw it; while one reading is under way, at most one more waits. */
async function refresh(name) {
  const under = reading.get(name);
  if (under) {
    under.again = true;
    return;
  }
  const turn = { again: false };
  reading.set(name, turn);
  try {
    do {
      turn.again = false;
      room[name] = listed(name, await read(LISTS[name].path));
      for (const draw of LISTS[name].draw) draw();
    } while (turn.again);
  } catch (error) {
    document.body.dataset.line = "down";
    console.warn(`Reading ${name} failed: ${error.message}`);
  } finally {
    reading.delete(name);
  }
}

function listed(name, told) {
  if (name === "state" || Array.isArray(told)) return told;
  return told[name] ?? told.waiting ?? [];
}

function redraw() {
  drawHouse();
  drawChannel();
  drawModal();
}

/** Draw what frames both halves: names, the acting member, whether the app is there. */
function drawHouse() {
  const { channel, bot, members, account } = room.state;
  for (const node of document.querySelectorAll("[data-words=channel]")) node.textContent = channel?.name ?? "";
  for (const node of document.querySelectorAll("[data-words=bot]")) node.textContent = bot?.name ?? "App";
  for (const node of document.querySelectorAll("[data-words=account]")) node.textContent = ourHandle() ? `@${ourHandle()}` : "";
  for (const node of document.querySelectorAll("[data-words=business]")) node.textContent = account?.name ?? "Practice room";
  document.body.dataset.bot = bot?.connected ? "connected" : "away";
  document.getElementById("bot-line").textContent = bot?.connected ? `${bot?.name ?? "The app"} is connected` : `${bot?.name ?? "The app"} is not connected`;
  drawMembers(members);
}

function drawMembers(members) {
  const chooser = document.getElementById("acting-as");
  const stamp = JSON.stringify([members, me().id]);
  if (chooser.dataset.stamp === stamp) return;
  chooser.dataset.stamp = stamp;
  chooser.replaceChildren(...members.map((member) => el("option", { value: member.id, selected: member.id === me().id }, `${member.name} (${ROLES[member.role] ?? member.role})`)));
  document.getElementById("acting-face").replaceChildren(initials(me().name || "?"));
  document.getElementById("acting-name").textContent = me().name;
  document.getElementById("acting-role").textContent = ROLES[me().role] ?? me().role;
}

function setUpMembers() {
  document.getElementById("acting-as").addEventListener("change", async (event) => {
    actAs(event.target.value);
    redraw();
    if (room.tab === "home") await act("home", { member: me().id }).catch((error) => toast(error.message, "bad"));
  });
}

function setUpPanes() {
  for (const button of document.querySelectorAll("[data-open-pane]")) {
    button.addEventListener("click", () => { document.body.dataset.pane = button.dataset.openPane; });
  }
  const mark = () => {
    for (const button of document.querySelectorAll("[data-open-pane]")) button.setAttribute("aria-current", String(button.dataset.openPane === document.body.dataset.pane));
  };
  new MutationObserver(mark).observe(document.body, { attributeFilter: ["data-pane"] });
  mark();
}

recallMember();
setUpChannel(redraw);
setUpForm();
setUpTimeline();
setUpTrouble();
setUpMembers();
setUpPanes();
catchAddresses();
await refresh("state");
await Promise.all(["messages", "views", "posts", "trouble"].map(refresh));
document.body.dataset.ready = "yes";
follow(
  (names) => names.filter((name) => name in LISTS).forEach(refresh),
  (live) => { document.body.dataset.line = live ? "up" : "down"; },
);
