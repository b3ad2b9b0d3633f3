/**
 * Contrast of every pair of colours that text uses, computed from tokens.css in light, dark and sepia:
 * 4.5:1 for all text, 7:1 for story text, 3:1 for the edges of controls (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const grounds = ['paper', 'sheet', 'sunk', 'mark'];

const themes = {
  light: colours(block(':root'), 0),
  dark: colours(block(':root'), 1),
  sepia: { ...colours(block(':root'), 0), ...colours(block("[data-theme='sepia']"), 0) },
};

describe.each(Object.entries(themes))('%s', (_name, colour) => {
  const contrast = (text: string, ground: string) => ratio(colour[text], colour[ground]);

  test.each(grounds)('story text, its links and captions on %s', (ground) => {
    expect(contrast('ink', ground)).toBeGreaterThanOrEqual(7);
    expect(contrast('ink-2', ground)).toBeGreaterThanOrEqual(ground === 'paper' ? 7 : 4.5);
    expect(contrast('accent', ground)).toBeGreaterThanOrEqual(ground === 'paper' ? 7 : 4.5);
  });

  test('words on filled buttons and on signature tiles', () => {
    expect(contrast('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
    expect(contrast('accent', 'accent-soft')).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['paper', 'sheet', 'sunk'])('edges of controls on %s', (ground) => {
    expect(contrast('edge', ground)).toBeGreaterThanOrEqual(3);
  });
});

test('the arithmetic agrees with known values', () => {
  expect(ratio([1, 0, 0], [0, 0, 0])).toBeCloseTo(21, 1);
  // #767676, the grey that just passes on white, and the red of sRGB.
  expect(ratio([0.5659, 0, 0], [1, 0, 0])).toBeCloseTo(4.54, 1);
  expect(ratio([0.62796, 0.25768, 29.234], [1, 0, 0])).toBeCloseTo(4, 1);
});

type Oklch = [lightness: number, chroma: number, hue: number];

/** The declarations of the first rule with this selector. */
function block(selector: string): string {
  const start = css.indexOf(`${selector} {`);
  expect(start).toBeGreaterThanOrEqual(0);
  return css.slice(start, css.indexOf('}', start));
}

/** Token name to colour; `side` picks from light-dark(). */
function colours(rules: string, side: 0 | 1): Record<string, Oklch> {
  const found: Record<string, Oklch> = {};
  for (const [, name, value] of rules.matchAll(/--([\w-]+):\s*((?:light-dark\()?oklch\([^;]+);/g)) {
    const all = [...(value ?? '').matchAll(/oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)/g)];
    const [, lightness, chroma, hue] = all[all.length > 1 ? side : 0] ?? [];
    if (name && lightness) found[name] = [Number(lightness) / 100, Number(chroma), Number(hue)];
  }
  return found;
}

function ratio(one: Oklch | undefined, other: Oklch | undefined): number {
  if (!one || !other) throw new Error('tokens.css lacks a colour that this test names');
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** OKLCH to relative luminance by linear sRGB (matrices: Björn Ottosson, "A perceptual color space"), cut to the gamut. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (channel: number) => Math.min(1, Math.max(0, channel));
  const red = cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
