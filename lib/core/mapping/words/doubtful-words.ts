import { NOT_KNOWN, codeWords, wordKey, type CodeListName } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { isWelshGender } from '#core/standard/welsh-headers.ts'

/**
 * Short codes mean one thing in one list and another in the next: 0 and 1 may be female and male or
 * no and yes, B may be Irish or Black. Words of a whole column show which list they are of, one
 * alone does not.
 */

/** A code is a letter or a number; what is longer says what it means. */
const LONGEST_CODE = 2

const WORDS = new Map<CodeListName, ReadonlyMap<string, string>>(
  Object.values(CODE_LISTS).map((list) => [list.name, codeWords(list)]),
)

/** Letters of the NHS ethnic category that no list of White, Black, Asian and Mixed has. */
const OF_NHS_ALONE = new Set('defghjklnprs')

/** Whether the codes of a column, all of them known, can be of another list too. */
const READS_TWO_WAYS: Readonly<
  Partial<Record<CodeListName, (codes: Codes, heading: string) => boolean>>
> = {
  // The NHS has 1 and 2, and 0 for who is neither recorded; without a 2, 0 and 1 are somebody's own.
  // B and G are boys and girls in English, and the other way round in Welsh, as B and M are.
  gender: (codes, heading) =>
    ((codes.has('0') || codes.has('1')) && !codes.has('2')) ||
    (codes.has('b') && codes.has('m')) ||
    ((codes.has('b') || codes.has('g')) && isWelshGender(heading)),
  ethnicity: (codes) =>
    isCountedOff(codes) ||
    (codes.has('b') && codes.has('m') && ![...codes].some((code) => OF_NHS_ALONE.has(code))),
  // X may be a tick or "not known" beside Y and N; E and K are plans and support beside N alone.
  'yes-no': (codes) => codes.has('x') && codes.has('n'),
  // 5 and 6 are the NHS's codes for attended: without them the numbers are somebody's own, or counts.
  attended: (codes) =>
    ['2', '3', '4', '7'].some((code) => codes.has(code)) && !codes.has('5') && !codes.has('6'),
  // C is a child or a carer, P a parent, a patient or a pupil, A an adult or a child's age group.
  role: (codes) => codes.has('c') || codes.has('p'),
}

type Codes = ReadonlySet<string>

/** The first letters of the alphabet and no other: a list of one's own. */
function isCountedOff(codes: Codes): boolean {
  const letters = [...codes].sort()
  return letters.length > 3 && letters.every((letter, at) => letter === 'abcdefghij'[at])
}

const SAYS_NOTHING: ReadonlySet<string> = new Set(NOT_KNOWN.map(wordKey))

/**
 * Whether the words of a column can mean two things: its codes are of no list, though some of them
 * are, or of two. `heading` is the column's. `isSettled` says of which words a person has said what they mean: once that is so
 * of every code, nothing is doubtful.
 */
export function areDoubtfulWords(
  name: CodeListName,
  words: Iterable<string>,
  isSettled: (word: string) => boolean = () => false,
  heading = '',
): boolean {
  const known = WORDS.get(name)
  if (known === undefined || name === 'language') return false
  const codes = new Set<string>()
  let longer = 0
  let isUnlisted = false
  let isOpen = false
  for (const word of words) {
    const key = wordKey(word)
    if (key === '' || SAYS_NOTHING.has(key)) continue
    if (key.length > LONGEST_CODE) {
      longer++
      continue
    }
    codes.add(key)
    if (!known.has(key)) isUnlisted = true
    if (!isSettled(word)) isOpen = true
  }
  if (!isOpen || codes.size <= longer) return false
  return (isUnlisted && codes.size > 1) || READS_TWO_WAYS[name]?.(codes, heading) === true
}
