// Talks to the room's control API: reads lists, does what a person does, and hears of changes.

const BASE = "/control/";

/** Read one list or state. */
export async function read(path) {
  const answer = await fetch(BASE + path, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(await sentence(answer));
  return answer.json();
}

/** Do something; throws an Error whose message is the room's own sentence. */
export async function act(path, body, method = "POST") {
  let answer;
  try {
    answer = await fetch(BASE + path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error("The practice room does not answer. Is it still running?");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok && !told.errors) throw new Error(told.error ?? `The room answered ${answer.status}.`);
  return told;
}

async function sentence(answer) {
  const told = await answer.json().catch(() => ({}));
  return told.error ?? `The room answered ${answer.status}.`;
}

/**
 * Call `changed(names)` whenever something changed, and `live(yes)` when the line opens or breaks.
 * While the line is down everything is asked for once a second.
 */
export function follow(changed, live) {
  const everything = ["state", "messages", "views", "posts", "trouble"];
  let polling = null;
  const poll = () => {
    live(false);
    polling ??= setInterval(() => changed(everything), 1000);
  };
  const source = new EventSource(BASE + "changes");
  source.onopen = () => {
    clearInterval(polling);
    polling = null;
    live(true);
    changed(everything);
  };
  source.onmessage = (event) => changed(JSON.parse(event.data).changed ?? everything);
  source.onerror = poll;
}
