/** What a search for other tables is given, and what it finds. */

/** What somebody takes each unknown for before any relation. */
export interface Knowing {
  readonly least: Int32Array
  readonly greatest: Int32Array
}

/** What hiding would come to. */
export interface Hiding {
  /** What it loses to hide an unknown: 0 where it is hidden, infinite where it must be shown. */
  price(unknown: number): number
  /** What is hidden with it. */
  with(unknown: number): readonly number[]
  /** What it could be taken for then, at least and at most. */
  least(unknown: number): number
  greatest(unknown: number): number
  /**
   * Of a hidden one that is known to be small because it is alone in its sums: for each reason the
   * shown figures of which one must be hidden as well.
   */
  mates(unknown: number): readonly (readonly number[])[]
}

/** A table that prints the same, once some figures are hidden. */
export interface OtherTable {
  /** What is not as it truly is, and what it is there. */
  readonly unknowns: readonly number[]
  readonly values: readonly number[]
  /** What it loses to hide what it prints otherwise, as the search counted. */
  readonly loss: number
}

/** How far a search goes. */
export interface SearchLimits {
  /** How many moves it may make in all. */
  readonly moves: number
  /** How often it may prefer a worse choice on the way to one table. */
  readonly detours: number
  /** What may be lost at most to hide what a table prints otherwise. */
  readonly loss?: number
}
