import type { Printed } from '#core/disclosure/printed.ts'

/** A picture and the table that says the same: neither stands on a page without the other. */
export interface Picture {
  /** An SVG element as text: no script, no style attribute, nothing loaded from elsewhere. */
  readonly svg: string
  readonly table: PictureTable
}

/** Rows of text; the first column names the row. */
export interface PictureTable {
  readonly caption: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What a picture shows: a released figure, or null where no file had come. */
export type PictureValue = Printed | null

/** What every picture is given. */
export interface PictureWords {
  /** Unique on the page: letters, digits and hyphens. */
  readonly id: string
  readonly title: string
  /** One or two sentences that say what is to be seen, for those who do not see it. */
  readonly description: string
}

/** A value as the table and the labels say it. */
export function valueWords(value: PictureValue): string {
  if (value === null) return 'no file'
  return value === '*' ? '* (hidden)' : value.toLocaleString('en-GB')
}
