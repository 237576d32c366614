// The emoji that cards commonly use, drawn where a drawing is there, else as the character.

import { el, svg } from "../dom.js";

const CHARACTERS = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", warning: "⚠️", x: "❌",
  pencil2: "✏️", pencil: "📝", memo: "📝", hourglass: "⌛", hourglass_flowing_sand: "⏳", eyes: "👀",
  wave: "👋", coffee: "☕", speech_balloon: "💬", link: "🔗", lock: "🔒", bell: "🔔", no_bell: "🔕",
  bulb: "💡", rocket: "🚀", tada: "🎉", fire: "🔥", star: "⭐", heart: "❤️", red_circle: "🔴",
  large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", large_blue_circle: "🔵",
  white_circle: "⚪", clock3: "🕒", alarm_clock: "⏰", zzz: "💤", robot_face: "🤖", raised_hands: "🙌",
  thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", pray: "🙏", smile: "😄", slightly_smiling_face: "🙂",
  thinking_face: "🤔", point_right: "👉", point_down: "👇", arrow_right: "➡️", leftwards_arrow_with_hook: "↩️",
  mag: "🔍", chart_with_upwards_trend: "📈", bar_chart: "📊", calendar: "📆", date: "📅", sparkles: "✨",
  wastebasket: "🗑️", gear: "⚙️", key: "🔑", moneybag: "💰", dog: "🐶", question: "❓", exclamation: "❗",
  information_source: "ℹ️", hand: "✋", raised_hand: "✋", seedling: "🌱", herb: "🌿", performing_arts: "🎭",
  ear: "👂", writing_hand: "✍️", books: "📚", book: "📖", outbox_tray: "📤", inbox_tray: "📥", mailbox: "📫",
  clipboard: "📋", pushpin: "📌", mute: "🔇", no_entry: "⛔", octagonal_sign: "🛑", stopwatch: "⏱️",
  globe_with_meridians: "🌐", busts_in_silhouette: "👥", bust_in_silhouette: "👤", arrows_counterclockwise: "🔄",
};

// Each drawing is a list of [class, path]; classes are colours of room.css.
const TICK = "M5.5 10.5 9 14l6-7.5";
const DISC = "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16";
const DRAWINGS = {
  white_check_mark: [["green", "M4 2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Z"], ["tick", TICK]],
  heavy_check_mark: [["tick-green", TICK]],
  warning: [["amber", "M10 2 19 18H1Z"], ["mark", "M10 8v4.5M10 15.2v.1"]],
  x: [["cross", "M5 5l10 10M15 5 5 15"]],
  no_entry: [["red", DISC], ["tick", "M6 10h8"]],
  red_circle: [["red", DISC]], large_green_circle: [["green", DISC]], large_yellow_circle: [["amber", DISC]],
  large_orange_circle: [["orange", DISC]], large_blue_circle: [["blue", DISC]], white_circle: [["pale", DISC]],
  pencil2: [["amber", "M3 17l1-4L14 3l3 3L7 16Z"], ["mark", "M3 17l1-4 3 3Z"]],
  hourglass: [["amber", "M5 2h10v3l-4 5 4 5v3H5v-3l4-5-4-5Z"]],
  speech_balloon: [["pale", "M10 3c5 0 8 2.7 8 6s-3 6-8 6c-.8 0-1.500-.1-2.200-.2L4 17.500l.6-3.700C3 12.700 2 11 2 9c0-3.300 3-6 8-6Z"], ["mark", "M6.500 9v.1M10 9v.1M13.500 9v.1"]],
  coffee: [["brown", "M3 6h11v6a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4Z"], ["line", "M14 8h1.500a2 2 0 0 1 0 5H14M6 1.500v2M9 1.500v2"]],
  bell: [["amber", "M10 2a5 5 0 0 1 5 5v4l2 3H3l2-3V7a5 5 0 0 1 5-5Zm-2 13h4a2 2 0 0 1-4 0Z"]],
  bulb: [["amber", "M10 2a5.500 5.500 0 0 1 3 10v2H7v-2a5.500 5.500 0 0 1 3-10Z"], ["line", "M7.500 16h5M8.500 18h3"]],
  lock: [["amber", "M4 9h12v9H4Z"], ["line", "M6.500 9V6a3.500 3.500 0 0 1 7 0v3"]],
  link: [["line", "M8 12a3.500 3.500 0 0 0 5 0l3-3a3.500 3.500 0 0 0-5-5l-1 1M12 8a3.500 3.500 0 0 0-5 0l-3 3a3.500 3.500 0 0 0 5 5l1-1"]],
  eyes: [["pale", "M6 4a3 6 0 1 1 0 12A3 6 0 0 1 6 4M14 4a3 6 0 1 1 0 12A3 6 0 0 1 14 4"], ["ink", "M5.500 9a1.500 2.200 0 1 1 0 4.400A1.500 2.200 0 0 1 5.500 9M13.500 9a1.500 2.200 0 1 1 0 4.400 1.500 2.200 0 0 1 0-4.400"]],
  star: [["amber", "M10 1.500l2.600 5.600 6 .7-4.500 4.100 1.300 6.100L10 15l-5.400 3 1.300-6.100L1.400 7.800l6-.7Z"]],
  heart: [["red", "M10 17C3 12 2 9 2 7a4 4 0 0 1 8-1.500A4 4 0 0 1 18 7c0 2-1 5-8 10Z"]],
  seedling: [["green", "M10 11C10 6 6 5 2 5c0 4 3 7 8 6Zm0-2c0-4 4-6 8-6 0 5-3 7-8 7Z"], ["line-green", "M10 10v8"]],
  herb: [["green", "M10 11C10 6 6 5 2 5c0 4 3 7 8 6Zm0-2c0-4 4-6 8-6 0 5-3 7-8 7Z"], ["line-green", "M10 10v8"]],
  alarm_clock: [["red", DISC], ["face", "M10 4.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11"], ["mark", "M10 7v3.200l2.200 1.600"]],
  zzz: [["line-blue", "M3 10h5l-5 7h5M11 3h6l-6 7h6"]],
  wave: [["amber", "M6 9 4.500 6.500a1.200 1.200 0 0 1 2-1.200L9 8 7.500 4.500a1.200 1.200 0 0 1 2.200-1L12 7.500 11.300 4a1.200 1.200 0 0 1 2.300-.5L15.500 11c.6 4-2 6.500-4.500 6.500S7 16 6 14L3.500 10.500A1.200 1.200 0 0 1 5.500 9Z"]],
  sparkles: [["amber", "M8 3l1.700 4.300L14 9l-4.300 1.700L8 15l-1.700-4.300L2 9l4.300-1.700ZM15.500 12l.8 2.200 2.200.8-2.200.8-.8 2.200-.8-2.200-2.200-.8 2.200-.8Z"]],
  bar_chart: [["green", "M3 10h3v8H3z"], ["blue", "M8.500 3h3v15h-3z"], ["amber", "M14 7h3v11h-3z"]],
  question: [["cross", "M6.500 7a3.500 3.500 0 1 1 5 3.200c-1 .5-1.500 1-1.500 2.300M10 16v.1"]],
  clipboard: [["brown", "M4 3h12v15H4z"], ["face", "M6 6h8v10H6z"], ["mark", "M8 9h4M8 12h4"]],
};
DRAWINGS.rocket = [["pale", "M12 2c4 0 6 2 6 6-1 4-4 6-8 8l-6-6c2-4 4-7 8-8Z"], ["red", "M4 10l-2.500 1.500L5 13ZM10 16l-1.500 2.500L7 15.500ZM3 14l-1.500 4.500L6 17Z"], ["blue", "M12.500 6a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600"]];
DRAWINGS.tada = [["amber", "M3 18 7.500 7l6 6Z"], ["red", "M12 3h2.500v2.500H12z"], ["blue", "M16 8h2.500v2.500H16z"], ["green", "M7 2h2v2H7z"], ["line-blue", "M11.500 9.500C13 8 13 6 15.500 5M14 12c1-1 3-1 4 .5"]];
DRAWINGS.fire = [["orange", "M10 1.500c1 3 5 5 5 10a5.200 5.200 0 0 1-10.400 0C4.600 9 6 8 6.500 6c1 1 1.500 2 1.500 3 1.500-1.500 2.500-4 2-7.500Z"], ["amber", "M10 10c.500 1.500 2.200 2.200 2.200 4.200a2.300 2.300 0 0 1-4.600 0C7.600 12.500 9.500 12 10 10Z"]];
DRAWINGS.hourglass_flowing_sand = DRAWINGS.hourglass;
DRAWINGS.memo = DRAWINGS.pencil = DRAWINGS.writing_hand = DRAWINGS.pencil2;
DRAWINGS.stopwatch = DRAWINGS.clock3 = DRAWINGS.alarm_clock;

/** Make the emoji of this name, or null when the page does not know it. */
export function emoji(name) {
  const drawing = DRAWINGS[name];
  const character = CHARACTERS[name];
  if (!drawing && !character) return null;
  const label = { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` };
  if (!drawing) return el("span", label, character);
  const written = el("span", { class: "written" }, character ?? `:${name}:`);
  const paths = drawing.map(([colour, d]) => svg("path", { class: `e-${colour}`, d: d }));
  return el("span", label, written, svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, ...paths));
}

const DRAWN = new Map(Object.keys(DRAWINGS).filter((name) => CHARACTERS[name]).reverse().map((name) => [CHARACTERS[name].replace("\uFE0F", ""), name]));
const DRAWN_PATTERN = new RegExp(`(${[...DRAWN.keys()].join("|")})\uFE0F?`, "u");

/** Show words as they are, the emoji characters in them drawn (not every machine has a font). */
export function drawn(text) {
  return String(text ?? "").split(DRAWN_PATTERN).map((part) => (DRAWN.has(part) ? emoji(DRAWN.get(part)) : part));
}

/** Show words in which :names: stand for emoji, as plain_text objects do. */
export function withEmoji(words) {
  return String(words ?? "").split(/(:[a-z0-9_+-]+:)/).map((part) => {
    const name = /^:([a-z0-9_+-]+):$/.exec(part);
    return (name && emoji(name[1])) || drawn(part);
  });
}
