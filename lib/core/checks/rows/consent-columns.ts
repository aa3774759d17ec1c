import { headerWords } from '#core/standard/code-key.ts'

/** Columns that say whether somebody agreed to be counted, by their headings. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

const CONSENTS = words('consent consented consents gdpr permission agreed agrees agreement')
/** Consent to something else than being counted. */
const OTHER_CONSENTS = words(
  'photo photos photograph photographs photography image images video film media marketing newsletter mailing text sms trip trips outing outings medical aid treatment swim swimming sun cream research survey gp school travel social publicity contact contacted call phone email post date',
)
const REFUSAL = /\b(?:opt ?out|opted out|object(?:s|ed|ion)?|withdrawn|withdrew)\b/

/** The day on which somebody withdrew. */
const DATE = /^[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[a-z]{3,9})[-/. ][0-9]/i
const YES = /^(?:y|yes|true|t|1|x|✓|✔|☑)$/i
const NO =
  /^(?:n|no|false|0|✗|✘|refused?|declined?|withdrawn|withdrew|withheld|objects?|objected|opt(?:ed)?[ -]?out|(?:consent )?not (?:given|obtained|agreed|consented)|no consent|does not (?:agree|consent)|did not (?:agree|consent))[^\p{L}]*$/iu

/**
 * What a cell below this heading says when its person did not agree, or wants to be left out;
 * undefined for a heading of something else.
 */
export function consentRefusal(heading: string): ((cell: string) => boolean) | undefined {
  const all = headerWords(heading.slice(0, 200))
  const isRefusal = REFUSAL.test(all.join(' '))
  const isOther = (word: string): boolean =>
    OTHER_CONSENTS.has(word) && !(isRefusal && word === 'date')
  if (all.some(isOther)) return undefined
  if (isRefusal) return (cell) => YES.test(cell) || DATE.test(cell)
  return all.some((word) => CONSENTS.has(word)) ? (cell) => NO.test(cell) : undefined
}
