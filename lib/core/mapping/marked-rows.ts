import { headerWords } from '#core/standard/code-key.ts'

/**
 * What columns that nothing is mapped to say of a row: that it should not be here, or that its
 * person did not agree.
 */

/** Columns to look at, by their places in the header. */
export interface MarkColumns {
  /** All that nothing is mapped to. */
  readonly unused: readonly number[]
  /** Those of them whose heading says that a row with "yes" is not to be counted. */
  readonly flags: readonly number[]
  /** Those that say whether somebody agreed. */
  readonly consents: readonly number[]
  /** Those that say whether somebody wants to be left out. */
  readonly refusals: readonly number[]
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

const FLAGS = words(
  'deleted delete duplicate duplicates dup exclude excluded void voided ignore test erroneous',
)
const CONSENTS = words('consent consented consents gdpr permission agreed agrees agreement')
/** Consent to something else than being counted. */
const OTHER_CONSENTS = words(
  'photo photos photograph photographs photography image images video film media marketing newsletter mailing text sms trip trips outing outings medical aid treatment swim swimming sun cream research survey gp school travel social publicity contact contacted call phone email post date',
)

/** Finds such columns by their headings. */
export function markColumns(
  header: readonly string[],
  isUnused: (column: number) => boolean,
): MarkColumns {
  const read = header.map((heading, column) => ({
    column,
    words: headerWords(heading.slice(0, 200)),
  }))
  const unused = read.filter(({ column }) => isUnused(column))
  const where = (is: (words: readonly string[]) => boolean): readonly number[] =>
    unused.filter((one) => is(one.words)).map(({ column }) => column)
  const isOther = (all: readonly string[]): boolean => all.some((word) => OTHER_CONSENTS.has(word))
  const isRefusal = (all: readonly string[]): boolean =>
    /\b(?:opt ?out|opted out|object(?:s|ed|ion)?|withdrawn|withdrew)\b/.test(all.join(' '))
  return {
    unused: where(() => true),
    flags: where((all) => all.some((word) => FLAGS.has(word))),
    consents: where(
      (all) => !isOther(all) && !isRefusal(all) && all.some((word) => CONSENTS.has(word)),
    ),
    refusals: where((all) => !isOther(all) && isRefusal(all)),
  }
}

const YES = /^\s*(?:y|yes|true|t|1|x|✓|✔|☑)\s*$/i
const NO =
  /^\s*(?:n|no|false|0|✗|✘|refused?|declined?|withdrawn|withdrew|withheld|objects?|objected|opt(?:ed)?[ -]?out|(?:consent )?not (?:given|obtained|agreed|consented)|no consent|does not (?:agree|consent)|did not (?:agree|consent))\b[^\p{L}]*$/iu
const MARK =
  /\b(?:dup(?:e|licates?|licated)?|(?:please )?(?:delete|remove|ignore|exclude|disregard)|deleted|do(?:es)? not (?:count|include|use|upload|report)|don['’]?t (?:count|include|use)|(?:entered|added|recorded|created) (?:in error|by mistake|twice)|not eligible|ineligible|test (?:record|entry|client|row|data)|void)\b/i
const LONGEST = 300

/** Whether a row says of itself that it should not be counted. */
export function isMarked(row: readonly string[], { unused, flags }: MarkColumns): boolean {
  return (
    flags.some((column) => YES.test(row[column] ?? '')) ||
    unused.some((column) => {
      const cell = row[column] ?? ''
      return cell.length > 2 && MARK.test(cell.slice(0, LONGEST))
    })
  )
}

/** Whether a row says that its person did not agree, or wants to be left out. */
export function lacksConsent(row: readonly string[], { consents, refusals }: MarkColumns): boolean {
  return (
    consents.some((column) => NO.test(row[column] ?? '')) ||
    refusals.some((column) => YES.test(row[column] ?? ''))
  )
}
