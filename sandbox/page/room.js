// What the page knows of the room at this moment, and who looks at it.

const REMEMBERED = "practice-room-member";

/** The lists as last read, and what is open on the page. */
export const room = {
  state: { channel: { id: "", name: "" }, account: {}, members: [], bot: {} },
  messages: [],
  views: [],
  posts: [],
  trouble: [],
  acting: null,
  thread: null,
  tab: "channel",
  drafts: new Map(),
  dismissed: new Set(),
};

/** The member whom the person at the page acts as. */
export function me() {
  const members = room.state.members;
  return members.find(({ id }) => id === room.acting) ?? members[0] ?? { id: "", name: "", role: "" };
}

/** Choose whom to act as, and remember it while the page is open. */
export function actAs(id) {
  room.acting = id;
  room.thread = null;
  sessionStorage.setItem(REMEMBERED, id);
}

/** Take up again whom this page acted as before it was loaded anew. */
export function recallMember() {
  room.acting = sessionStorage.getItem(REMEMBERED);
}

/** The handle of the business, without @. */
export function ourHandle() {
  return String(room.state.account?.handle ?? room.state.account?.username ?? room.state.account ?? "").replace(/^@/, "");
}

/** Tell whether an author of a message is the app's bot. */
export function isBot(author) {
  return author === "bot" || !room.state.members.some(({ id }) => id === author);
}

/** The words that ids in texts stand for. */
export const names = {
  member: (id) => room.state.members.find((member) => member.id === id)?.name ?? (isBot(id) ? room.state.bot?.name ?? "app" : id),
  channel: (id) => (id === room.state.channel?.id ? room.state.channel.name : id),
};
