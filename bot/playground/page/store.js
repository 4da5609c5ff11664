// What the page knows: who one is, where one is, and what was said.

export const store = {
  state: { users: [], channels: [], groups: [], views: [] },
  me: '',
  channel: '',
  thread: '',
  messages: new Map(), // ts -> message, of the open channel
  unread: new Set(),
};

export const userOf = (id) => store.state.users.find((user) => user.id === id);
export const channelOf = (id) => store.state.channels.find((channel) => channel.id === id);
export const groupOf = (id) => store.state.groups.find((group) => group.id === id);

export function channelName(channel) {
  if (!channel) return '';
  return channel.is_im ? userOf(store.state.bot)?.name ?? '' : channel.name;
}

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** The messages of the channel, or of one thread with its parent, oldest first. */
export function listed(thread) {
  const all = [...store.messages.values()];
  const mine = thread
    ? all.filter((message) => message.ts === thread || message.thread_ts === thread)
    : all.filter((message) => !isReply(message));
  return mine.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}
