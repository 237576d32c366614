// The data_visualization block: bar, line, area and pie charts drawn as SVG, with their figures
// in words for screen readers.

import { el, svg } from "../dom.js";

const WIDTH = 520;
const HEIGHT = 240;
const EDGE = { left: 44, right: 12, top: 20, bottom: 30 };
const AXIS_NAME = 22;

/** Render a data_visualization block. */
export function chart(block) {
  const drawn = block.chart ?? {};
  const picture = drawn.type === "pie" ? pie(drawn) : axes(drawn);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${block.title ?? "Chart"}. ${inWords(drawn)}`);
  return el("figure", { class: "chart" }, el("figcaption", {}, block.title ?? ""), picture, legend(drawn));
}

function inWords(drawn) {
  if (drawn.type === "pie") return (drawn.segments ?? []).map(({ label, value }) => `${label}: ${value}`).join(", ");
  return (drawn.series ?? []).map((series) => `${series.name}: ${(series.data ?? []).map(({ label, value }) => `${label} ${value}`).join(", ")}`).join(". ");
}

function legend(drawn) {
  const names = drawn.type === "pie" ? (drawn.segments ?? []).map(({ label, value }) => `${label} ${value}`) : (drawn.series ?? []).map(({ name }) => name);
  if (drawn.type !== "pie" && names.length < 2) return null;
  return el("div", { class: "legend", "aria-hidden": "true" }, names.map((name, index) => el("span", { class: "legend-entry" }, el("i", { class: `swatch fill-${index % 6}` }), name)));
}

function frame(children, below = "") {
  const height = HEIGHT + (below ? AXIS_NAME : 0);
  const named = below ? [svg("text", { x: WIDTH / 2, y: HEIGHT + 12, class: "tick", "text-anchor": "middle" }, below)] : [];
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "chart-drawing" }, [...children, ...named]);
}

/** Find a round top and its steps for an axis. */
function scale(most) {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough && (most > 3 || Number.isInteger(one))) ?? power;
  return { step, top: Math.ceil(Math.max(most, 1) / step) * step };
}

function axes(drawn) {
  const series = drawn.series ?? [];
  const categories = drawn.axis_config?.categories ?? (series[0]?.data ?? []).map(({ label }) => label);
  const value = (one, category) => Number((one.data ?? []).find(({ label }) => label === category)?.value ?? 0);
  const { step, top } = scale(Math.max(0, ...series.flatMap((one) => categories.map((category) => value(one, category)))));
  const inner = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const slot = inner.width / Math.max(1, categories.length);
  const y = (amount) => EDGE.top + inner.height * (1 - amount / top);
  const x = (index) => EDGE.left + slot * (index + 0.5);
  const parts = [...grid(step, top, y), ...labels(categories, x, slot)];
  series.forEach((one, place) => {
    const amounts = categories.map((category) => value(one, category));
    if (drawn.type === "bar") parts.push(...bars(amounts, place, series.length, { slot, x, y, categories, name: one.name }));
    else parts.push(...lines(amounts, place, drawn.type === "area", { x, y, categories, name: one.name }));
  });
  const beside = drawn.axis_config?.y_label;
  if (beside) parts.push(svg("text", { x: 4, y: 11, class: "tick" }, beside));
  return frame(parts, drawn.axis_config?.x_label);
}

function grid(step, top, y) {
  const parts = [];
  for (let amount = 0; amount <= top + step / 2; amount += step) {
    parts.push(svg("line", { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(amount), y2: y(amount), class: "grid" }));
    parts.push(svg("text", { x: EDGE.left - 8, y: y(amount) + 4, class: "tick", "text-anchor": "end" }, String(Number(amount.toFixed(2)))));
  }
  return parts;
}

function labels(categories, x, slot) {
  const every = Math.ceil(categories.length / Math.max(1, Math.floor((categories.length * slot) / 56)));
  return categories.map((category, index) => index % every ? null : svg("text", { x: x(index), y: HEIGHT - 10, class: "tick", "text-anchor": "middle" }, String(category)));
}

function bars(amounts, place, count, { slot, x, y, categories, name }) {
  const width = Math.min(36, (slot * 0.72) / count);
  const left = (index) => x(index) - (width * count) / 2 + width * place + 1;
  const drawn = amounts.map((amount, index) => svg("rect", {
    x: left(index), y: y(amount), width: Math.max(1, width - 2), height: Math.max(0, y(0) - y(amount)), rx: 2, class: `fill-${place % 6}`,
  }, svg("title", {}, `${name}, ${categories[index]}: ${amount}`)));
  // Where there is room each bar says its amount, so that no colour and no axis is needed to read it.
  const fits = (amount) => amount && String(amount).length * 6.5 <= width + 6;
  const said = amounts.map((amount, index) => fits(amount) ? svg("text", { x: left(index) + (width - 2) / 2, y: y(amount) - 4, class: "amount", "text-anchor": "middle" }, amount.toLocaleString("en")) : null);
  return drawn.concat(said.filter(Boolean));
}

function lines(amounts, place, filled, { x, y, categories, name }) {
  const points = amounts.map((amount, index) => `${x(index)},${y(amount)}`);
  const parts = [svg("polyline", { points: points.join(" "), class: `stroke-${place % 6}` })];
  if (filled && points.length) parts.unshift(svg("polygon", { points: `${x(0)},${y(0)} ${points.join(" ")} ${x(points.length - 1)},${y(0)}`, class: `fill-${place % 6} faint` }));
  return parts.concat(amounts.map((amount, index) => svg("circle", { cx: x(index), cy: y(amount), r: 3.5, class: `fill-${place % 6}` }, svg("title", {}, `${name}, ${categories[index]}: ${amount}`))));
}

function pie(drawn) {
  const segments = drawn.segments ?? [];
  const whole = segments.reduce((sum, { value }) => sum + Number(value), 0) || 1;
  const [cx, cy, radius] = [WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 10];
  let turned = -Math.PI / 2;
  return frame(segments.map(({ label, value }, index) => {
    const share = Number(value) / whole;
    const about = svg("title", {}, `${label}: ${value} (${Math.round(share * 100)} %)`);
    if (share >= 0.9999) return svg("circle", { cx, cy, r: radius, class: `fill-${index % 6}` }, about);
    const from = turned;
    turned += share * 2 * Math.PI;
    const at = (angle) => `${cx + radius * Math.cos(angle)},${cy + radius * Math.sin(angle)}`;
    return svg("path", { d: `M${cx},${cy} L${at(from)} A${radius},${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(turned)} Z`, class: `slice fill-${index % 6}` }, about);
  }));
}
