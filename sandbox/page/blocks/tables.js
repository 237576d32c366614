// The table and data_table blocks; data tables sort by a column and turn pages.

import { el } from "../dom.js";
import { richText } from "./rich_text.js";
import { button } from "./elements.js";

const USUAL_PAGE = 5;

/** Render a table block. */
export function table(block, place) {
  const settings = block.column_settings ?? [];
  const align = (index) => `align-${settings[index]?.align ?? "left"}`;
  const [head, ...rest] = block.rows ?? [];
  return el("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table" }, el("table", {},
    head && el("thead", {}, el("tr", {}, head.map((cell, index) => el("th", { class: align(index), scope: "col" }, shown(cell, block, place))))),
    el("tbody", {}, rest.map((row) => el("tr", {}, row.map((cell, index) => el("td", { class: align(index) }, shown(cell, block, place))))))));
}

function shown(cell, block, place) {
  if (!cell) return "";
  if (cell.type === "rich_text") return richText(cell, place.names);
  if (cell.type === "action" || cell.type === "button") return button(block, cell.element ?? cell, place);
  return String(cell.text ?? cell.value ?? "");
}

/** Render a data_table block. */
export function dataTable(block, place) {
  const [head, ...rest] = block.rows ?? [];
  const size = block.page_size ?? USUAL_PAGE;
  const state = { page: 0, column: null, down: false };
  const body = el("tbody");
  const pager = el("div", { class: "pager" });
  const headers = (head ?? []).map((cell, index) => el("th", { scope: "col", class: number(rest[0]?.[index]) === null ? "" : "align-right" }, el("button", {
    type: "button", class: "sort", on: { click: () => { state.down = state.column === index && !state.down; state.column = index; state.page = 0; draw(); } },
  }, shown(cell, block, place))));
  function draw() {
    headers.forEach((header, index) => header.setAttribute("aria-sort", index === state.column ? (state.down ? "descending" : "ascending") : "none"));
    const rows = sorted(rest, state);
    body.replaceChildren(...rows.slice(state.page * size, (state.page + 1) * size).map((row) => el("tr", {}, row.map((cell) => el("td", { class: number(cell) === null ? "" : "align-right" }, shown(cell, block, place))))));
    const pages = Math.ceil(rest.length / size);
    pager.replaceChildren(...(pages < 2 ? [] : [
      turn("‹", state.page > 0, -1), el("span", {}, `${state.page + 1} of ${pages}`), turn("›", state.page < pages - 1, 1)]));
  }
  function turn(words, can, by) {
    return el("button", { type: "button", class: "button", disabled: !can, "aria-label": by < 0 ? "Previous page" : "Next page", on: { click: () => { state.page += by; draw(); } } }, words);
  }
  draw();
  return el("div", {}, el("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": block.caption || "Table" },
    el("table", {}, el("caption", {}, block.caption ?? ""), el("thead", {}, el("tr", {}, headers)), body)), pager);
}

function number(cell) {
  if (cell?.type !== "raw_number") return null;
  return Number(cell.value ?? cell.number ?? cell.text);
}

function sorted(rows, { column, down }) {
  if (column === null) return rows;
  const words = (cell) => String(cell?.text ?? cell?.value ?? "");
  const order = [...rows].sort((one, other) => {
    const [a, b] = [number(one[column]), number(other[column])];
    return a !== null && b !== null ? a - b : words(one[column]).localeCompare(words(other[column]), undefined, { numeric: true });
  });
  return down ? order.reverse() : order;
}
