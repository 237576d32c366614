// Builds the page's elements. What people wrote only ever enters as text nodes: there is no
// innerHTML in this page, and an address becomes a link only when it is http or https.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "required", "tabIndex"]);
const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element: `on` holds listeners, `data` holds data-* attributes. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "class") node.className = value;
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...present(children));
  return node;
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...present(children));
  return node;
}

/** Gather nodes into a fragment. */
export function gather(...children) {
  const fragment = document.createDocumentFragment();
  fragment.append(...present(children));
  return fragment;
}

function present(children) {
  return children.flat(3).filter((child) => child !== undefined && child !== null && child !== false);
}

/** Give an http or https address back in full, anything else as null. */
export function safeAddress(address) {
  try {
    const url = new URL(String(address), location.href);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Make a link that opens beside the room, or plain words if the address is not one. */
export function link(address, ...children) {
  const href = safeAddress(address);
  if (href === null) return el("span", {}, ...children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Show a picture of this machine; for one from elsewhere only its description, nothing leaves. */
export function picture(address, description, className = "") {
  const href = safeAddress(address);
  const url = href && new URL(href);
  const local = url && (["127.0.0.1", "localhost", "[::1]"].includes(url.hostname) || url.host === location.host);
  if (!local) return el("span", { class: `picture-words ${className}`, title: description }, description || "picture");
  const image = el("img", { src: url.pathname + url.search, alt: description || "", class: className, loading: "lazy" });
  image.addEventListener("error", () => image.classList.add("broken"));
  return image;
}

const ICONS = {
  hash: "M7 3 5.5 17M14 3l-1.5 14M3 7h14M2.5 13h14",
  reply: "M8 5 3 10l5 5M3.5 10H12a5 5 0 0 1 5 5",
  trash: "M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11",
  close: "M5 5l10 10M15 5 5 15",
  more: "M10 4.5v.01M10 10v.01M10 15.5v.01",
  send: "M3 10 17 4l-4 13-3.5-5.5L3 10Zm6.5 1.5L13 8",
  copy: "M7 7h9v10H7zM4 13V3h9",
  bolt: "M11 2 4 11h5l-1 7 7-9h-5l1-7Z",
  home: "M3 9.5 10 3l7 6.5M5 8.5V17h10V8.5",
  down: "M5 8l5 5 5-5",
  chat: "M3 4h14v10H9l-4 3.5V14H3z",
  spark: "M10 2v5M10 13v5M2 10h5M13 10h5",
  eye: "M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10Zm8-2.2a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
  back: "M12 4l-6 6 6 6",
};

/** Draw one of the page's own line icons. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/** Draw a member's square avatar: initials on a colour that goes with the name. */
export function initials(name, size = "") {
  const letters = name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return el("span", { class: `initials tint-${sum % 6} ${size}`, "aria-hidden": "true" }, letters);
}

/** Keep a list of nodes in step with keyed entries, building only those that changed. */
export function reconcile(parent, entries, build) {
  const known = parent.known ?? new Map();
  const next = new Map();
  let place = parent.firstChild;
  for (const { key, stamp, entry } of entries) {
    const before = known.get(key);
    const node = before && before.stamp === stamp ? before.node : build(entry, before?.node);
    if (before && before.node !== node) {
      if (place === before.node) place = before.node.nextSibling;
      before.node.remove();
    }
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
    next.set(key, { stamp, node });
  }
  for (const [key, { node }] of known) if (!next.has(key)) node.remove();
  parent.known = next;
}
