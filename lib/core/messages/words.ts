/** What a person reads about a code. */
export interface Words {
  readonly title: string
  /** What to do about it, for whoever can. */
  readonly fix: string
}

/**
 * Numbers and names that go with a code: `fileRow` counts from the top of the file as a spreadsheet
 * does, `row` from below the header.
 */
export type WordsDetail = Readonly<Record<string, string | number>>

/** The codes of a catalogue, or of any of several. */
export type CodeOf<Catalogue> = Catalogue extends unknown ? keyof Catalogue : never
