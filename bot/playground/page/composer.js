// The box to type in: Enter sends, Shift+Enter is a new line, a slash shows the command.

import { post } from './api.js';
import { h } from './dom.js';
import { store } from './store.js';

const typedBefore = [];

/** Fill the form. `label()` names the box; `thread()` is the thread's ts, or undefined in the channel. */
export function composer(form, label, thread) {
  const box = h('textarea', { rows: '1', 'aria-label': label(), placeholder: label(), autocomplete: 'off', spellcheck: 'false' });
  const hint = h('div', { class: 'hint-list', role: 'status', hidden: true });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const button = h('button', { class: 'send', 'aria-label': 'Send', disabled: true }, '➤');
  form.replaceChildren(problem, hint, h('div', { class: 'box' }, box, button));
  let back = 0;

  const changed = () => {
    button.disabled = !box.value.trim();
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    showHint(hint, box, thread() === undefined, changed);
  };
  const send = async () => {
    const text = box.value.trim();
    if (!text) return;
    typedBefore.push(text);
    back = 0;
    box.value = '';
    changed();
    const answer = await post('type', { user: store.me, channel: store.channel, text, thread_ts: thread() });
    // What Slack itself says to it comes as a message; only what never got there is said here.
    problem.hidden = answer.ok || Boolean(answer.kind);
    problem.textContent = problem.hidden ? '' : answer.error;
  };
  const recall = (step) => {
    back = Math.max(0, Math.min(typedBefore.length, back + step));
    box.value = back ? typedBefore.at(-back) : '';
    changed();
  };
  box.addEventListener('input', changed);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Tab' && !hint.hidden && !event.shiftKey && hint.firstChild) {
      event.preventDefault();
      hint.firstChild.click();
    } else if (event.key === 'ArrowUp' && (!box.value || back)) recall(1);
    else if (event.key === 'ArrowDown' && back) recall(-1);
    else back = 0;
  });
  form.onsubmit = (event) => {
    event.preventDefault();
    send();
    box.focus();
  };
  return {
    rename() {
      box.setAttribute('aria-label', label());
      box.placeholder = label();
    },
    focus: () => box.focus(),
  };
}

/** What could be meant while only a command's first letters, or a name's, stand there. */
function showHint(hint, box, commands, changed) {
  const { command, usage_hint: usage } = store.state;
  const known = [[command, usage], ['/invite', '@docker: add somebody to this channel'], ['/remove', '@docker: take somebody out']];
  const word = box.value;
  const slash = commands && /^\/\S*$/.test(word) ? known.filter(([name]) => name.startsWith(word) && name !== word.trim()) : [];
  const at = /(^|\s)@([\w-]*)$/.exec(word);
  const names = at ? store.state.users.filter((user) => user.name.startsWith(at[2]) && user.name !== at[2]).map((user) => [`@${user.name}`, user.real_name]) : [];
  const usageOnly = commands && word.startsWith(command) && /^\S+ ?$/.test(word) ? [h('div', { class: 'usage' }, h('b', {}, command), ` ${usage}`)] : [];
  const put = (name) => () => {
    box.value = at ? word.slice(0, word.length - at[2].length - 1) + `${name} ` : `${name} `;
    box.focus();
    changed();
  };
  const offered = [...slash, ...names].map(([name, about]) =>
    h('button', { type: 'button', class: 'offer', onclick: put(name) }, h('b', {}, name), ` ${about}`));
  hint.replaceChildren(...(offered.length ? offered : usageOnly));
  hint.hidden = !hint.childNodes.length;
}
