import type { Spot } from './grid-moves.ts'

/** Cells that are chosen: from the one where choosing began to the one that one is at. */
export interface Block {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The cells between two, both included. */
export function blockOf(one: Spot, other: Spot): Block {
  return {
    top: Math.min(one.index, other.index),
    bottom: Math.max(one.index, other.index),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  }
}

/** The numbers from one to another, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}

/** A number, but for what it is over a bound. */
export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
