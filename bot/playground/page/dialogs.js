// What opens over the page: a question before a button, a file, a modal of the app.

import { fileText, post } from './api.js';
import { h } from './dom.js';
import { textObject } from './mrkdwn.js';
import { store } from './store.js';

function opened(dialog) {
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  return dialog;
}

/** Ask as a button's `confirm` says. Resolves to true or false. */
export function confirmed(confirm) {
  return new Promise((resolve) => {
    const close = (answer) => () => {
      resolve(answer);
      dialog.close();
    };
    const yes = `button ${confirm.style ?? 'primary'}`;
    const dialog = h('dialog', { class: 'confirm', 'aria-label': confirm.title.text, oncancel: close(false) },
      h('h3', {}, textObject(confirm.title)),
      h('div', { class: 'text' }, textObject(confirm.text)),
      h('div', { class: 'row end' },
        h('button', { class: 'button', onclick: close(false) }, textObject(confirm.deny)),
        h('button', { class: yes, onclick: close(true) }, textObject(confirm.confirm))));
    opened(dialog);
  });
}

/** A file's whole content. */
export async function showFile(file) {
  const dialog = h('dialog', { class: 'file-view', 'aria-label': file.title },
    h('header', { class: 'row' },
      h('h3', {}, file.title),
      h('a', { class: 'button', href: `/play/files/${file.id}`, download: file.name }, 'Download'),
      h('button', { class: 'icon', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕')),
    h('pre', { tabindex: '0' }, await fileText(file.id)));
  opened(dialog);
}

const views = new Map();

/** Show a modal of the app, or its new content. `render` makes a block's element. */
export function showView(view, render) {
  closeView(view.id);
  const form = h('form', { method: 'dialog' },
    h('header', { class: 'row' },
      h('h3', {}, textObject(view.title)),
      h('button', { type: 'button', class: 'icon', 'aria-label': 'Close', onclick: () => leave(view) }, '✕')),
    h('div', { class: 'text' }, view.blocks.map(render)),
    h('div', { class: 'row end' },
      h('button', { type: 'button', class: 'button', onclick: () => leave(view) }, view.close ? textObject(view.close) : 'Cancel'),
      view.submit ? h('button', { class: 'button primary' }, textObject(view.submit)) : null));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(view, form);
  });
  const dialog = opened(h('dialog', { class: 'view', 'aria-label': view.title.text, data: { viewId: view.id } }, form));
  dialog.addEventListener('cancel', () => leave(view));
  views.set(view.id, dialog);
}

export function closeView(id) {
  views.get(id)?.close();
  views.delete(id);
}

const leave = (view) => post('close', { user: store.me, view_id: view.id });

async function send(view, form) {
  form.querySelectorAll('.problem').forEach((problem) => problem.remove());
  const values = {};
  for (const field of form.querySelectorAll('[data-block-id][data-action-id]')) {
    const { blockId, actionId, kind } = field.dataset;
    (values[blockId] ??= {})[actionId] = valueOf(kind, field);
  }
  const answer = await post('submit', { user: store.me, view_id: view.id, values });
  for (const [block, text] of Object.entries(answer.errors ?? {})) {
    form.querySelector(`[data-block-id="${CSS.escape(block)}"]`)?.after(h('p', { class: 'problem', role: 'alert' }, text));
  }
  if (!answer.ok && !answer.errors) {
    form.append(h('p', { class: 'problem', role: 'alert' }, `We had some trouble connecting. (${answer.error})`));
  }
}

function valueOf(kind, field) {
  if (kind === 'plain_text_input') return { type: kind, value: field.value || null };
  const text = field.selectedOptions?.[0]?.textContent ?? '';
  return { type: kind, selected_option: field.value ? { text: { type: 'plain_text', text }, value: field.value } : null };
}
