// One message, as Slack shows it.

import { fileText, post } from './api.js';
import { blockElement } from './blocks.js';
import { dayOf, fullTimeOf, timeOf } from './dates.js';
import { showFile } from './dialogs.js';
import { h } from './dom.js';
import { emoji, mrkdwn } from './mrkdwn.js';
import { store, userOf } from './store.js';

const SLACKBOT = 'USLACKBOT';
const GROUP_SECONDS = 300;
const PREVIEW_LINES = 8;

/** The element of a message. `openThread` is null inside a thread. */
export function messageElement(message, previous, openThread) {
  const follows = continues(message, previous);
  const user = userOf(message.user);
  const data = { ts: message.ts, user: message.user };
  if (message.only_for) data.ephemeral = 'true';
  const classes = ['message', follows && 'follows', message.only_for && 'ephemeral'].filter(Boolean).join(' ');
  return h('article', { class: classes, data, 'aria-label': `${user?.name ?? message.user}, ${timeOf(message.ts)}` },
    message.only_for ? h('div', { class: 'only' }, '👁 Only visible to you') : null,
    h('div', { class: 'gutter' }, follows ? h('time', { title: fullTimeOf(message.ts) }, timeOf(message.ts)) : avatar(message.user)),
    h('div', { class: 'body' }, follows ? null : byline(message, user), content(message), threadLine(message, openThread)),
    openThread && !message.only_for
      ? h('button', { class: 'reply-in', 'aria-label': 'Reply in thread', title: 'Reply in thread', onclick: () => openThread(message.ts) }, '💬')
      : null);
}

/** A message right after one of the same person needs no name again. */
function continues(message, previous) {
  return Boolean(previous) && previous.user === message.user && !message.only_for && !previous.only_for &&
    Number(message.ts) - Number(previous.ts) < GROUP_SECONDS && !startsDay(message, previous);
}

export const startsDay = (message, previous) => !previous || dayOf(previous.ts) !== dayOf(message.ts);
export const dayElement = (ts) => h('div', { class: 'day', role: 'separator' }, h('span', {}, dayOf(ts)));

export function avatar(id) {
  const user = userOf(id);
  if (id === SLACKBOT) return h('span', { class: 'avatar slackbot', 'aria-hidden': 'true' }, '♥');
  if (id === store.state.bot) return h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, '🐳');
  return h('span', { class: 'avatar', 'aria-hidden': 'true', data: { hue: String(hue(id)) } }, (user?.name ?? '?')[0].toUpperCase());
}

const hue = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 6, 7) % 6;

function byline(message, user) {
  return h('div', { class: 'byline' },
    h('b', { class: 'name' }, user?.name ?? message.user),
    user?.is_bot && message.user !== SLACKBOT ? h('span', { class: 'badge' }, 'APP') : null,
    user?.is_restricted ? h('span', { class: 'badge' }, 'GUEST') : null,
    h('time', { title: fullTimeOf(message.ts) }, timeOf(message.ts)));
}

function content(message) {
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const press = async (block, element, selected) => {
    const answer = await post('press', {
      user: store.me, channel: message.channel, ts: message.ts, block_id: block.block_id,
      ...(element.action_id ? { action_id: element.action_id } : {}),
      ...(element.value ? { value: element.value } : {}), ...(selected ? { selected } : {}),
    });
    problem.hidden = answer.ok;
    problem.textContent = answer.ok ? '' : `⚠ This app did not respond as it should (${answer.error}).`;
  };
  const blocks = (message.blocks ?? []).map((block) => blockElement(block, press));
  const text = blocks.length || !message.text ? [] : [h('div', { class: 'block text' }, mrkdwn(message.text))];
  const parts = [...text, ...blocks];
  if (message.edited && parts.length) markEdited(parts);
  return [...parts, ...(message.attachments ?? []).map((one) => attachment(one, press)),
    ...(message.files ?? []).map(fileCard), reactions(message), problem];
}

/** "(edited)" stands at the end of the last text, never on a line of buttons. */
function markEdited(parts) {
  const last = parts.findLast((part) => !part.matches('hr, .actions, .table')) ?? parts.at(-1);
  const mark = h('span', { class: 'edited' }, ' (edited)');
  (last.querySelector('.rich:last-child, .main > .text:last-child') ?? last).append(mark);
}

function attachment(one, press) {
  const text = one.text ?? one.fallback;
  return h('div', { class: 'attachment' }, text && !one.blocks ? h('div', { class: 'text' }, mrkdwn(text)) : null,
    (one.blocks ?? []).map((block) => blockElement(block, press)));
}

function fileCard(file) {
  const url = `/play/files/${file.id}`;
  if (file.mimetype.startsWith('image/')) {
    return h('a', { class: 'file-card', href: url, target: '_blank', data: { file: file.id } }, h('img', { src: url, alt: file.title }));
  }
  const preview = h('pre', { class: 'preview', tabindex: '0' });
  fileText(file.id).then((text) => {
    const lines = text.split('\n');
    preview.textContent = lines.slice(0, PREVIEW_LINES).join('\n') + (lines.length > PREVIEW_LINES + 1 ? '\n…' : '');
  });
  return h('div', { class: 'file-card', data: { file: file.id } },
    h('button', { type: 'button', class: 'file-name', onclick: () => showFile(file), 'aria-label': `Open ${file.title}` },
      h('span', { class: 'file-icon', 'aria-hidden': 'true' }, '📄'),
      h('span', {}, h('b', {}, file.title), h('small', {}, `Text · ${size(file.size)}`))),
    preview);
}

const size = (bytes) => (bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h('div', { class: 'reactions' }, message.reactions.map((one) => h('span', { class: 'reaction' }, emoji(one.name), ` ${one.count}`)));
}

function threadLine(message, openThread) {
  if (!openThread || !message.reply_count) return null;
  const count = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return h('button', { type: 'button', class: 'replies', onclick: () => openThread(message.ts) },
    message.reply_users.slice(0, 3).map(avatar), h('span', {}, count), h('small', {}, `Last reply ${timeOf(message.latest_reply)}`));
}
