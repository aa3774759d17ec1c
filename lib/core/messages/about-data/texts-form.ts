/** The form of the texts about people’s data, which every language fills. */

/** A part of the page: a heading and what stands under it. */
interface AboutPart {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

/** All texts of the page and of its easy-read form. */
export interface AboutTexts {
  readonly title: string
  /** Heading of the languages that there are. */
  readonly languages: string
  /** What is said of a translation that nobody has read again, and of one that is not whole. */
  readonly unreviewed: string
  readonly partly: string
  readonly intro: string
  readonly collected: AboutPart
  readonly why: AboutPart
  readonly whom: AboutPart
  /** Lines of what is told of each service. */
  readonly lines: {
    readonly provider: string
    readonly controller: string
    readonly basis: string
    readonly gateway: string
    readonly purposes: string
    readonly agreement: string
    readonly fields: string
    readonly notice: string
    /** Where the register does not say all of it, and what to do about that. */
    readonly rest: string
    readonly ask: string
    readonly everyField: string
    readonly until: string
    readonly noEnd: string
  }
  readonly nobody: string
  readonly kept: AboutPart
  readonly rights: AboutPart & { readonly list: readonly string[] }
  readonly object: AboutPart
  readonly complain: AboutPart
  readonly toEasy: string
  readonly toWhole: string
  readonly easy: {
    readonly title: string
    readonly parts: readonly AboutPart[]
    /** After which part the services are listed, from 0. */
    readonly listAfter: number
  }
}
