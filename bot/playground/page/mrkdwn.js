// Slack's text: mrkdwn and plain text to nodes.

import { formatted } from './dates.js';
import { fragment, h } from './dom.js';
import { EMOJI } from './emoji.js';
import { channelOf, groupOf, store, userOf } from './store.js';

const unescape = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const emoji = (name) =>
  EMOJI.has(name) ? h('span', { class: 'emoji', title: `:${name}:`, role: 'img', 'aria-label': name }, EMOJI.get(name)) : `:${name}:`;

export function userChip(id, name) {
  const text = `@${userOf(id)?.name ?? name ?? id}`;
  return h('span', { class: id === store.me ? 'chip me' : 'chip', data: { mention: id } }, text);
}

export const groupChip = (id) => h('span', { class: 'chip', data: { mention: id } }, `@${groupOf(id)?.handle ?? id}`);

export function channelChip(id, name) {
  return h('a', { class: 'chip', href: `#channel=${id}` }, `#${channelOf(id)?.name ?? name ?? id}`);
}

/** A link; anything but the web and mail stays text. */
export function link(url, label) {
  const safe = /^(https?:\/\/|mailto:)/i.test(url);
  return safe ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label || url) : document.createTextNode(label || url);
}

export function dateNode(seconds, format, url, fallback) {
  const text = formatted(Number(seconds), format, fallback);
  const time = h('time', { title: fallback }, text);
  return url ? link(url, text) : time;
}

/** What stands between angle brackets. */
function reference(inner) {
  const bar = inner.indexOf('|');
  const [target, label] = bar < 0 ? [inner, ''] : [inner.slice(0, bar), unescape(inner.slice(bar + 1))];
  if (target.startsWith('@')) return userChip(target.slice(1), label);
  if (target.startsWith('#')) return channelChip(target.slice(1), label);
  if (target.startsWith('!subteam^')) return groupChip(target.slice(9));
  if (target.startsWith('!date^')) {
    const [, seconds, format, url] = target.split('^');
    return dateNode(seconds, format, url, label);
  }
  if (target.startsWith('!')) return h('span', { class: 'chip me' }, `@${target.slice(1)}`);
  return link(unescape(target), label);
}

const PIECES = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<ref>[^<>\\n]+)>',
    ':(?<emoji>[a-z0-9_+\\-]+):',
    '(?<![\\w*])\\*(?<bold>[^*\\s](?:[^*\\n]*[^*\\s])?)\\*(?![\\w*])',
    '(?<![\\w_])_(?<italic>[^_\\s](?:[^_\\n]*[^_\\s])?)_(?![\\w_])',
    '(?<![\\w~])~(?<strike>[^~\\s](?:[^~\\n]*[^~\\s])?)~(?![\\w~])',
  ].join('|'),
  'g',
);

function piece({ code, ref, emoji: name, bold, italic, strike }) {
  if (code) return h('code', {}, unescape(code));
  if (ref) return reference(ref);
  if (name) return emoji(name);
  if (bold) return h('b', {}, ...inline(bold));
  if (italic) return h('i', {}, ...inline(italic));
  return h('s', {}, ...inline(strike));
}

function inline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(PIECES)) {
    nodes.push(unescape(text.slice(last, match.index)), piece(match.groups));
    last = match.index + match[0].length;
  }
  return [...nodes, unescape(text.slice(last))];
}

function lines(text) {
  const nodes = [];
  for (const part of text.split(/((?:^&gt; ?.*(?:\n|$))+)/m)) {
    if (part.startsWith('&gt;')) {
      nodes.push(h('blockquote', {}, ...inline(part.replace(/^&gt; ?/gm, '').replace(/\n$/, ''))));
    } else if (part) nodes.push(...inline(part));
  }
  return nodes;
}

/** mrkdwn as nodes. */
export function mrkdwn(text) {
  const nodes = text.split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2) return [h('pre', { tabindex: '0' }, unescape(part))];
    return lines(part);
  });
  return fragment(nodes);
}

/** plain_text as nodes: emoji and nothing else. */
export function plainText(text, withEmoji = true) {
  const nodes = text.split(/:([a-z0-9_+-]+):/).map((part, index) => (index % 2 ? (withEmoji ? emoji(part) : `:${part}:`) : unescape(part)));
  return fragment(nodes);
}

export const textObject = (object) =>
  object.type === 'mrkdwn' ? mrkdwn(object.text) : plainText(object.text, object.emoji !== false);
