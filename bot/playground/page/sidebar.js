// The workspace, its channels and the person one is.

import { avatar } from './message.js';
import { h } from './dom.js';
import { channelName, store } from './store.js';

const SLACKBOT = 'USLACKBOT';
const $ = (id) => document.getElementById(id);

export const people = () => store.state.users.filter((user) => !user.is_bot && user.id !== SLACKBOT);
export const myChannels = () => store.state.channels.filter((channel) => channel.members.includes(store.me));

export function drawSidebar(choose) {
  $('team').textContent = store.state.team.name;
  $('me').replaceChildren(...people().map((user) =>
    h('option', { value: user.id, selected: user.id === store.me }, user.is_restricted ? `${user.name} (guest)` : user.name)));
  const entry = (channel) => h('button', {
    type: 'button',
    class: store.unread.has(channel.id) ? 'channel unread' : 'channel',
    'aria-current': channel.id === store.channel ? 'page' : undefined,
    data: { channel: channel.id },
    onclick: () => choose(channel.id),
  }, channel.is_im ? avatar(store.state.bot) : h('span', { class: 'hash', 'aria-hidden': 'true' }, channel.is_private ? '🔒' : '#'), channelName(channel));
  const mine = myChannels();
  $('channels').replaceChildren(
    h('h3', {}, 'Channels'), ...mine.filter((channel) => !channel.is_im).map(entry),
    h('h3', {}, 'Apps'), ...mine.filter((channel) => channel.is_im).map(entry));
  const { connected } = store.state;
  $('presence').replaceChildren(h('span', { class: connected ? 'dot on' : 'dot' }),
    connected ? 'The bot is connected' : 'The bot is not connected: commands will fail');
  $('presence').dataset.connected = String(connected);
}

export function drawHeader() {
  const channel = store.state.channels.find((one) => one.id === store.channel);
  const name = channel?.is_im ? channelName(channel) : `# ${channelName(channel)}`;
  $('title').textContent = name;
  document.title = `${name} · ${store.state.team.name}`;
  const people = channel?.members.length ?? 0;
  const without = channel && !channel.members.includes(store.state.bot) ? ' · the bot is not in this channel' : '';
  $('about').textContent = channel?.is_im ? 'App' : `${people} members${without}`;
  $('messages').dataset.empty = `This is the very beginning of ${name}. Type ${store.state.command} help.`;
  document.querySelector('#thread .where').textContent = name;
}
