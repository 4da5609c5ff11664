// The rich_text block.

import { h } from './dom.js';
import { channelChip, dateNode, emoji, groupChip, link, userChip } from './mrkdwn.js';

const STYLES = [['code', 'code'], ['bold', 'b'], ['italic', 'i'], ['strike', 's'], ['underline', 'u']];

function styled(node, style = {}) {
  return STYLES.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

const ELEMENTS = {
  text: (element) => document.createTextNode(element.text),
  emoji: (element) => emoji(element.name),
  user: (element) => userChip(element.user_id),
  usergroup: (element) => groupChip(element.usergroup_id),
  channel: (element) => channelChip(element.channel_id),
  broadcast: (element) => h('span', { class: 'chip me' }, `@${element.range}`),
  link: (element) => link(element.url, element.text),
  date: (element) => dateNode(element.timestamp, element.format, element.url, element.fallback),
  color: (element) => h('code', {}, element.value),
};

const inline = (elements) => elements.map((element) => styled(ELEMENTS[element.type](element), element.style));

function list(part) {
  const tag = part.style === 'ordered' ? 'ol' : 'ul';
  const start = part.offset ? part.offset + 1 : undefined;
  return h(tag, { class: `indent-${part.indent ?? 0}`, start }, part.elements.map((item) => h('li', {}, inline(item.elements))));
}

const PARTS = {
  rich_text_section: (part) => h('div', { class: 'rich' }, inline(part.elements)),
  rich_text_preformatted: (part) => h('pre', { tabindex: '0' }, inline(part.elements)),
  rich_text_quote: (part) => h('blockquote', {}, inline(part.elements)),
  rich_text_list: list,
};

export const richText = (block) => h('div', { class: 'block' }, block.elements.map((part) => PARTS[part.type](part)));
