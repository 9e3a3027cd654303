// Numbers and times for people. Money comes as decimal text and is shortened here alone.

const NONE = '–';

export function number(value, digits = 2) {
  if (value === null || value === undefined || value === '') return NONE;
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) return String(value);
  return parsed.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

/** A price with as many digits as it needs to be told apart. */
export function price(value) {
  if (value === null || value === undefined || value === '') return NONE;
  const parsed = Number(value);
  const digits = Math.abs(parsed) >= 1000 ? 2 : Math.abs(parsed) >= 1 ? 4 : 6;
  return parsed.toLocaleString('en-US', {maximumFractionDigits: digits});
}

export function quantity(value) {
  if (value === null || value === undefined || value === '') return NONE;
  return Number(value).toLocaleString('en-US', {maximumFractionDigits: 6});
}

/** A number with its sign; the sign says what the colour says. */
export function signed(value, digits = 2) {
  if (value === null || value === undefined || value === '') return NONE;
  const parsed = Number(value);
  return (parsed > 0 ? '+' : parsed < 0 ? '−' : '') + number(Math.abs(parsed), digits);
}

export function percent(value, digits = 1) {
  return value === null || value === undefined ? NONE : `${number(100 * value, digits)} %`;
}

export function time(ms) {
  return ms ? new Date(ms).toISOString().slice(11, 19) : NONE;
}

export function dateTime(ms) {
  return ms ? new Date(ms).toISOString().slice(0, 19).replace('T', ' ') : NONE;
}

export function duration(ms) {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86400).toFixed(1)} d`;
}

export function kind(value) {
  const parsed = Number(value);
  return parsed > 0 ? 'good' : parsed < 0 ? 'bad' : '';
}
