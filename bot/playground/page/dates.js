// Slack's date tokens, in the reader's own zone.

const day = (date, month, year) =>
  date.toLocaleDateString('en-US', { month, day: 'numeric', ...(year ? { year: 'numeric' } : {}) });
const clock = (date, seconds) =>
  date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', ...(seconds ? { second: '2-digit' } : {}) });

function pretty(date, otherwise) {
  const midnight = (when) => new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
  const days = Math.round((midnight(date) - midnight(new Date())) / 86_400_000);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days] ?? otherwise;
}

function ago(date) {
  const seconds = Math.round((Date.now() - date.getTime()) / 1000);
  for (const [name, length] of [['day', 86_400], ['hour', 3600], ['minute', 60]]) {
    const count = Math.floor(Math.abs(seconds) / length);
    if (count) return seconds > 0 ? `${count} ${name}${count > 1 ? 's' : ''} ago` : `in ${count} ${name}${count > 1 ? 's' : ''}`;
  }
  return 'just now';
}

const TOKENS = {
  date_num: (date) => date.toLocaleDateString('sv-SE'),
  date: (date) => day(date, 'long', true),
  date_short: (date) => day(date, 'short', true),
  date_long: (date) => date.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
  date_pretty: (date) => pretty(date, day(date, 'long', true)),
  date_short_pretty: (date) => pretty(date, day(date, 'short', true)),
  date_long_pretty: (date) => pretty(date, TOKENS.date_long(date)),
  day_divider_pretty: (date) => pretty(date, day(date, 'long', true)),
  time: (date) => clock(date, false),
  time_secs: (date) => clock(date, true),
  ago,
};

/** `{date_short} at {time}` for a time in epoch seconds; the fallback where the time is none. */
export function formatted(seconds, format, fallback = '') {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return format.replace(/\{(\w+)\}/g, (all, token) => (TOKENS[token] ? TOKENS[token](date) : all));
}

export const timeOf = (ts) => clock(new Date(Number(ts) * 1000), false);
export const fullTimeOf = (ts) => new Date(Number(ts) * 1000).toLocaleString();

/** The heading over a day's messages. */
export function dayOf(ts) {
  const date = new Date(Number(ts) * 1000);
  const name = pretty(date, TOKENS.date_long(date));
  return name[0].toUpperCase() + name.slice(1);
}
