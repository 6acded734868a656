/** A small writer of log-log plots as SVG: several panels side by side, lines with a legend, nothing else. */

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  readonly title: string;
  readonly xLabel: string;
  readonly series: readonly Series[];
}

const PANEL = { width: 330, height: 270, left: 58, right: 12, top: 34, bottom: 46 };
const COLUMNS = 3;
const HEADER = 64;
const COLOURS = ['#1b6ca8', '#c8501e', '#3a7d44', '#7b4ba0'];
const FONT = 'font-family="Helvetica, Arial, sans-serif"';

/** @returns the SVG's text; every value has to be above 0 */
export function plot(title: string, yLabel: string, panels: readonly Panel[]): string {
  const columns = Math.min(COLUMNS, panels.length);
  const width = columns * PANEL.width + 20;
  const height = HEADER + Math.ceil(panels.length / columns) * PANEL.height + 10;
  const names = [...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))];
  const drawn = panels.map((panel, index) => {
    const x = 10 + (index % columns) * PANEL.width;
    const y = HEADER + Math.floor(index / columns) * PANEL.height;
    return `<g transform="translate(${x} ${y})">${drawPanel(panel, yLabel, names)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${FONT}>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(16, 26, title, 'font-size="17" font-weight="bold"'),
    ...names.map((name, index) => legend(16 + index * 150, 48, name, colourOf(index))),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel({ title, xLabel, series }: Panel, yLabel: string, names: readonly string[]): string {
  const all = series.flatMap(({ points }) => points);
  const [xFrom, xTo] = decades(all.map(([x]) => x));
  const [yFrom, yTo] = decades(all.map(([, y]) => y));
  const { width, height, left, right, top, bottom } = PANEL;
  const x = (value: number) => left + ((Math.log10(value) - xFrom) / (xTo - xFrom)) * (width - left - right);
  const y = (value: number) =>
    height - bottom - ((Math.log10(value) - yFrom) / (yTo - yFrom)) * (height - top - bottom);
  const parts = [text(left, top - 10, title, 'font-size="13" font-weight="bold"')];
  for (let power = xFrom; power <= xTo; power += 1) {
    parts.push(line(x(10 ** power), top, x(10 ** power), height - bottom));
    parts.push(text(x(10 ** power), height - bottom + 15, short(10 ** power), 'font-size="11" text-anchor="middle"'));
  }
  for (let power = yFrom; power <= yTo; power += 1) {
    parts.push(line(left, y(10 ** power), width - right, y(10 ** power)));
    parts.push(text(left - 6, y(10 ** power) + 4, short(10 ** power), 'font-size="11" text-anchor="end"'));
  }
  const middle = (top + height - bottom) / 2;
  parts.push(text((left + width - right) / 2, height - 12, xLabel, 'font-size="12" text-anchor="middle"'));
  parts.push(text(14, middle, yLabel, `font-size="12" text-anchor="middle" transform="rotate(-90 14 ${middle})"`));
  for (const { name, points } of series) {
    const colour = colourOf(names.indexOf(name));
    const path = points.map(([px, py]) => `${round(x(px))},${round(y(py))}`).join(' ');
    parts.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const [px, py] of points) {
      parts.push(`<circle cx="${round(x(px))}" cy="${round(y(py))}" r="3" fill="${colour}"/>`);
    }
  }
  return parts.join('\n');
}

/** The whole powers of ten around these values, at least one decade. */
function decades(values: readonly number[]): readonly [number, number] {
  const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const to = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  return [from, Math.max(to, from + 1)];
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1e3 ? `${value / 1e3}k` : String(value);
}

function legend(x: number, y: number, name: string, colour: string): string {
  const stroke = `<line x1="${x}" y1="${y - 4}" x2="${x + 24}" y2="${y - 4}" stroke="${colour}" stroke-width="3"/>`;
  return stroke + text(x + 30, y, name, 'font-size="13"');
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#d5d9de" stroke-width="1"/>`;
}

function text(x: number, y: number, content: string, attributes: string): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${round(x)}" y="${round(y)}" fill="#22272e" ${attributes}>${safe}</text>`;
}

function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#000000';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
