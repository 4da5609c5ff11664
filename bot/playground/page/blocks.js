// Block Kit to elements.

import { confirmed } from './dialogs.js';
import { h } from './dom.js';
import { mrkdwn, textObject } from './mrkdwn.js';
import { richText } from './richtext.js';

/** `press(block, element, selected)` is called when somebody presses a button or chooses from a menu. */
export function blockElement(block, press) {
  const make = BLOCKS[block.type] ?? unknown;
  const element = make(block, press);
  element.dataset.blockId = block.block_id ?? '';
  return element;
}

function section(block, press) {
  const text = block.text ? h('div', { class: 'text' }, textObject(block.text)) : null;
  const fields = block.fields ? h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'text' }, textObject(field)))) : null;
  const side = block.accessory ? h('div', { class: 'accessory' }, pressable(block, block.accessory, press)) : null;
  return h('div', { class: 'block section' }, h('div', { class: 'main' }, text, fields), side);
}

function context(block) {
  const elements = block.elements.map((element) =>
    element.type === 'image' ? image(element) : h('span', { class: 'text' }, textObject(element)));
  return h('div', { class: 'block context' }, elements);
}

const image = (element) =>
  h('img', { src: element.image_url ?? `/play/files/${element.slack_file?.id}`, alt: element.alt_text, title: element.alt_text });

function imageBlock(block) {
  return h('figure', { class: 'block' }, block.title ? h('figcaption', {}, textObject(block.title)) : null, image(block));
}

function table(block) {
  const align = (index) => `align-${block.column_settings?.[index]?.align ?? 'left'}`;
  const row = (cells) => h('tr', {}, cells.map((cell, index) => h('td', { class: align(index) }, cellContent(cell))));
  return h('div', { class: 'block table', tabindex: '0' }, h('table', {}, h('tbody', {}, block.rows.map(row))));
}

function cellContent(cell) {
  if (cell.type === 'rich_text') return richText(cell);
  return cell.text ?? String(cell.value ?? '');
}

function input(block) {
  const { element } = block;
  const label = textObject(block.label);
  const hint = block.hint ? h('span', { class: 'hint' }, textObject(block.hint)) : null;
  const optional = block.optional ? h('span', { class: 'hint' }, ' (optional)') : null;
  const data = { blockId: block.block_id, actionId: element.action_id ?? '', kind: element.type };
  return h('label', { class: 'block input' }, h('b', {}, label, optional), field(element, data, !block.optional), hint);
}

function field(element, data, required) {
  const placeholder = element.placeholder?.text;
  if (element.type === 'plain_text_input') {
    const made = h(element.multiline ? 'textarea' : 'input', { data, placeholder, required });
    made.value = element.initial_value ?? '';
    return made;
  }
  const options = (element.options ?? []).map((option) =>
    h('option', { value: option.value, selected: element.initial_option?.value === option.value }, option.text.text));
  return h('select', { data, required }, h('option', { value: '' }, placeholder ?? 'Choose'), options);
}

function pressable(block, element, press) {
  if (element.type === 'image') return image(element);
  return element.type === 'button' ? button(block, element, press) : menu(block, element, press);
}

function button(block, element, press) {
  const props = {
    type: 'button',
    class: `button ${element.style ?? ''}`,
    'aria-label': element.accessibility_label,
    data: { actionId: element.action_id ?? '', value: element.value ?? '' },
  };
  const made = h('button', props, textObject(element.text));
  made.addEventListener('click', async () => {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    if (element.url) window.open(element.url, '_blank', 'noopener');
    made.disabled = true;
    await press(block, element);
    made.disabled = false;
  });
  return made;
}

function menu(block, element, press) {
  const options = element.options.map((option) => h('option', { value: option.value }, option.text.text));
  const label = element.placeholder?.text ?? (element.type === 'overflow' ? '⋯' : 'Choose');
  const made = h('select', { class: 'button', 'aria-label': label, data: { actionId: element.action_id ?? '' } },
    h('option', { value: '' }, label), options);
  made.addEventListener('change', async () => {
    if (!made.value || (element.confirm && !(await confirmed(element.confirm)))) return;
    await press(block, element, made.value);
  });
  return made;
}

const unknown = (block) => h('div', { class: 'block hint' }, `[${block.type}]`);

const BLOCKS = {
  section,
  context,
  input,
  table,
  rich_text: richText,
  image: imageBlock,
  header: (block) => h('div', { class: 'block header', role: 'heading', 'aria-level': String(block.level ?? 3) }, textObject(block.text)),
  divider: () => h('hr', { class: 'block' }),
  markdown: (block) => h('div', { class: 'block text' }, mrkdwn(block.text)),
  file: (block) => h('div', { class: 'block file-card' }, `Remote file ${block.external_id}`),
  actions: (block, press) => h('div', { class: 'block actions' }, block.elements.map((element) => pressable(block, element, press))),
};
