import { readSessionHeading } from '#core/preparation/shapes/session-headings.ts'
import { markKey } from '#core/preparation/shapes/register.ts'
import { knownHeading } from '#core/standard/header-reading.ts'

/**
 * Columns of a register whose sessions go by their names: “Baby massage”, “Stay and play”. Nothing in
 * such a heading says what it is, so the cells must: a tick or a number where somebody came, blank
 * where nobody did. A no in words is an answer about somebody, as under “Lone parent”.
 */

const TICKS = new Set('✓ ✔ ☑ √ / \\ x y yes p pres present attended att t true'.split(' '))
/** Sessions of one kind in a quarter: more is something else. */
const NUMBER = /^[0-9]{1,2}$/
const FEWEST = 3
/** How words begin that name what is ticked or counted of a person, and is no session. */
const OF_A_PERSON = [
  'consent photo gdpr privacy sign ehcp pupil premium disab need health medic allerg asthma',
  'smok breast feed vaccin immunis diagnos speech letter email phone text call paid fee',
  'fund eligib entitle benefit work employ income lone single married parent carer mother',
  'father mum dad partner sibling child adult household people pregnan asylum refugee',
  'interpret language active clos open new discharg left moved waiting duplicate delete',
  'include exclud complete check verif register enrol score rating decile band goal risk',
  'concern safeguard referr receiv sent inform returned member volunteer staff number total',
].flatMap((words) => words.split(' '))
/** Such words that others begin with as well. */
const WHOLE_WORDS = new Set(
  'sen send eal fsm cin cp cla lac post form age ages imd hour hours minute minutes'.split(' '),
)
/** “Parent group”, “Breastfeeding café”: what people come to, whomever it is for. */
const COME_TO =
  /\b(?:groups?|clubs?|class(?:es)?|sessions?|course|caf[eé]|clinic|drop.?in|workshops?|play|walks?)\b/i

/** Columns of marks whose headings are no dates. */
export interface NamedSessions {
  readonly named: readonly string[]
  /** Those whose headings say something of a person. */
  readonly others: readonly string[]
}

/** The headings of sessions that go by name; none where they are too few, or contacts are counted already. */
export function findNamedSessions(
  header: readonly string[],
  sample: readonly (readonly string[])[],
): NamedSessions {
  const known = header.map((heading) => knownHeading(heading))
  if (known.every((name) => name === undefined) || known.some(isOfContacts)) return NONE
  const columns = header.flatMap((heading, column) => {
    const isOpen = known[column] === undefined && readSessionHeading(heading) === undefined
    if (!isOpen) return []
    const marks = sample.map((row) => markKey(row[column] ?? ''))
    return holdsMarks(marks) ? [{ heading, marks }] : []
  })
  const sessions = columns.filter(({ heading }) => !isOfPerson(heading))
  if (sessions.length < FEWEST || !sessions.some(({ marks }) => marks.includes(''))) return NONE
  return {
    named: sessions.map(({ heading }) => heading),
    others: columns.map(({ heading }) => heading).filter(isOfPerson),
  }
}

const NONE: NamedSessions = { named: [], others: [] }

function isOfPerson(heading: string): boolean {
  if (COME_TO.test(heading)) return false
  const words = heading.toLowerCase().match(/[a-z]+/g) ?? []
  return words.some(
    (word) => WHOLE_WORDS.has(word) || OF_A_PERSON.some((beginning) => word.startsWith(beginning)),
  )
}

function isOfContacts(known: string | undefined): boolean {
  return known !== undefined && /contact/.test(known)
}

/** Whether cells are marks of who came; a number in each is how many of something somebody has. */
function holdsMarks(marks: readonly string[]): boolean {
  const filled = marks.filter((mark) => mark !== '')
  return (
    filled.length > 0 &&
    filled.every((mark) => TICKS.has(mark) || NUMBER.test(mark)) &&
    (filled.length < marks.length || filled.every((mark) => TICKS.has(mark) || mark === '1'))
  )
}
