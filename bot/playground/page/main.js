// The page: who one is and where one is stands in the address (`#user=U0ALICE&channel=C0INC&thread=…`).

import { get, listen } from './api.js';
import { blockElement } from './blocks.js';
import { composer } from './composer.js';
import { closeView, showView } from './dialogs.js';
import { dayElement, messageElement, startsDay } from './message.js';
import { drawHeader, drawSidebar, myChannels, people } from './sidebar.js';
import { channelName, channelOf, isReply, listed, store } from './store.js';

const $ = (id) => document.getElementById(id);
const NEAR = 120; // pixels from the end that still count as reading the newest
let stop = () => {};

const where = () => {
  const channel = channelOf(store.channel);
  return `Message ${channel?.is_im ? '' : '#'}${channelName(channel)}`;
};
const main = composer($('composer'), where, () => undefined);
composer($('reply'), () => 'Reply in thread', () => store.thread);

function go(change) {
  const next = { user: store.me, channel: store.channel, thread: store.thread, ...change };
  location.hash = new URLSearchParams(Object.entries(next).filter(([, value]) => value)).toString();
}

async function followAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const user = people().find((one) => one.id === (wanted.get('user') ?? store.me)) ?? people()[0];
  const changed = user.id !== store.me;
  store.me = user.id;
  const channel = myChannels().find((one) => one.id === (wanted.get('channel') ?? store.channel)) ?? myChannels()[0];
  const moved = changed || channel.id !== store.channel;
  store.channel = channel.id;
  store.thread = moved && store.thread === wanted.get('thread') ? '' : wanted.get('thread') ?? '';
  store.unread.delete(channel.id);
  document.body.classList.remove('menu-open');
  if (changed) {
    store.unread.clear();
    stop();
    stop = listen(store.me, take, reload);
    store.state.views.filter((view) => view.for_user === store.me).forEach(openView);
  }
  if (moved) await loadMessages();
  draw();
  if (moved) toEnd($('messages'));
}

async function loadMessages() {
  const { messages = [] } = await get('messages', { channel: store.channel, user: store.me });
  store.messages = new Map(messages.map((message) => [message.ts, message]));
}

async function reload() {
  store.state = await get('state');
  await loadMessages();
  draw();
}

function draw() {
  drawSidebar((channel) => go({ channel, thread: '' }));
  drawHeader();
  main.rename();
  drawList($('messages'), listed(), (ts) => go({ thread: ts }));
  $('thread').hidden = !store.thread;
  if (store.thread) drawList($('replies'), listed(store.thread), null);
}

/** Draw a list anew, leaving alone what did not change, so that focus and selection stay. */
function drawList(list, messages, openThread) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  const before = new Map([...list.children].map((element) => [element.dataset.key, element]));
  const elements = messages.flatMap((message, index) => {
    const previous = messages[index - 1];
    const drawn = JSON.stringify([message, previous?.user, previous?.ts, previous?.only_for, store.me]);
    const kept = before.get(drawn);
    const element = kept ?? messageElement(message, previous, openThread);
    element.dataset.key = drawn;
    return startsDay(message, previous) ? [dayElement(message.ts), element] : [element];
  });
  const same = elements.length === list.children.length && elements.every((element, index) => element === list.children[index]);
  if (!same) place(list, elements);
  if (atEnd) toEnd(list);
}

/** Put the elements in order without taking out those that stay. */
function place(list, elements) {
  const stay = new Set(elements);
  [...list.children].forEach((child) => stay.has(child) || child.remove());
  elements.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
}

function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

const openView = (view) => showView(view, (block) => blockElement(block, () => {}));

async function take(news) {
  if (news.type === 'state') {
    store.state = await get('state');
    await loadMessages();
  } else if (news.type === 'view') openView(news.view);
  else if (news.type === 'view_closed') closeView(news.view_id);
  else if (news.channel === store.channel) {
    if (news.type === 'deleted') store.messages.delete(news.message.ts);
    else store.messages.set(news.message.ts, news.message);
  } else if (news.type === 'message' && !isReply(news.message)) store.unread.add(news.channel);
  draw();
}

$('me').addEventListener('change', (event) => go({ user: event.target.value, channel: store.channel, thread: '' }));
$('close-thread').addEventListener('click', () => go({ thread: '' }));
$('menu').addEventListener('click', () => {
  const open = document.body.classList.toggle('menu-open');
  $('menu').setAttribute('aria-expanded', String(open));
});
document.querySelector('main').addEventListener('click', (event) => {
  if (event.target.id !== 'menu') document.body.classList.remove('menu-open');
});
window.addEventListener('hashchange', followAddress);

store.state = await get('state');
const permalink = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(location.pathname);
if (permalink) store.channel = permalink[1];
await followAddress();
if (permalink) document.querySelector(`[data-ts="${permalink[2]}.${permalink[3]}"]`)?.scrollIntoView();
main.focus();
