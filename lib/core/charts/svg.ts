import { element, escapeText, type Attributes } from './markup.ts'
import type { PictureWords } from './picture.ts'

/** SVG as text. */

/** A line of text at a point. */
export function textAt(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(text))
}

/** The whole picture: scales with its column, and is read out by its title and description. */
export function svgPicture(
  { id, title, description }: PictureWords,
  size: { readonly width: number; readonly height: number },
  children: readonly string[],
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${size.width} ${Math.ceil(size.height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      'font-family': 'inherit',
      'font-size': 14,
      fill: INK,
    },
    element('title', { id: `${id}-title` }, escapeText(title)),
    element('desc', { id: `${id}-description` }, escapeText(description)),
    ...children,
  )
}

/** Text and axes, on white 17 : 1. */
export const INK = '#0b0c0c'
/** Lines behind the figures; they carry no meaning by themselves. */
export const GRID = '#b1b4b6'
/** Bars and lines: each at least 4.5 : 1 on white; lines differ by dashes and marks as well. */
export const COLOURS = ['#1d70b8', '#912b88', '#00703c', '#6f4c1e', '#d4351c', '#4c2c92'] as const
