// Where blocks stand: in a message or in a view. It keeps what was typed and tells the app of presses.

import { act } from "./control.js";
import { initialValue, stateValue } from "./blocks/inputs.js";
import { me, names, room } from "./room.js";
import { toast } from "./toast.js";

/** Make the place for blocks of a message ({ts}) or a view ({view_id}). */
export function placeOf(target, { values = {}, errors = {} } = {}) {
  const key = target.ts ?? target.view_id;
  const drafts = draftsOf(key);
  return {
    key,
    names,
    errors,
    members: () => room.state.members,
    channel: () => room.state.channel,
    fill: {
      read: (block, one) => {
        const name = draftName(block, one);
        if (drafts.has(name)) return drafts.get(name).value;
        const kept = stateValue(values?.[block.block_id]?.[one.action_id]);
        return kept ?? initialValue(one);
      },
      write: (block, one, value) => drafts.set(draftName(block, one), { block: block.block_id, action: one.action_id, value }),
    },
    press: (block, one, value, { quiet = false } = {}) => press(target, block, one, value, quiet),
  };
}

/** The values that somebody typed or chose in this view and did not submit yet. */
export function draftsOf(key) {
  if (!room.drafts.has(key)) room.drafts.set(key, new Map());
  return room.drafts.get(key);
}

/** What was typed or chosen, as the control API takes it: block_id, action_id, value. */
export function draftValues(key) {
  const values = {};
  for (const { block, action, value } of draftsOf(key).values()) (values[block] ??= {})[action] = value;
  return values;
}

function draftName(block, one) {
  return `${block.block_id}/${one.action_id}`;
}

async function press(target, block, one, value, quiet) {
  const click = { ...target, member: me().id, block_id: block.block_id, action_id: one.action_id };
  if (value !== undefined && value !== null) click.value = value;
  const typed = draftValues(target.ts ?? target.view_id);
  if (Object.keys(typed).length) click.values = typed;
  try {
    const told = await act("click", click);
    if (told.ok === false) throw new Error(told.error ?? "The room refused this click.");
    if (told.acked === false && !quiet) toast(told.note ?? "The app did not answer within three seconds.", "bad");
  } catch (error) {
    if (!quiet) toast(error.message, "bad");
  }
}
