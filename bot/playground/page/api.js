// What the page asks of the playground.

async function answered(response) {
  return response.json().catch(() => ({ ok: false, error: `HTTP ${response.status}` }));
}

export async function get(path, query = {}) {
  return answered(await fetch(`/play/${path}?${new URLSearchParams(query)}`));
}

export async function post(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  try {
    return await answered(await fetch(`/play/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
  } catch {
    return { ok: false, error: 'the playground does not answer' };
  }
}

const contents = new Map();

/** A file's text; asked for once. */
export function fileText(id) {
  if (!contents.has(id)) contents.set(id, fetch(`/play/files/${id}`).then((response) => response.text()));
  return contents.get(id);
}

/** Calls `take` with each piece of news for this person; returns how to stop. `again` is called after a gap. */
export function listen(user, take, again) {
  const source = new EventSource(`/play/feed?${new URLSearchParams({ user })}`);
  let opened = false;
  source.onopen = () => {
    if (opened) again();
    opened = true;
  };
  source.onmessage = (event) => take(JSON.parse(event.data));
  return () => source.close();
}
