/**
 * The words of linkage for those who review it: why records were joined, and why they were kept
 * apart. Codes are those of lib/core/linkage.
 */
import { PSEUDONYM_COLUMNS, pseudonymName } from '#core/pseudonym/kinds.ts'

/** What stands in doubt, and what a reviewer can look for. */
export interface DoubtWords {
  readonly title: string
  readonly look: string
}

const IN_THE_FILES =
  'Ask each provider whether the two rows are the same person; nobody can tell from here.'

const DOUBTS: ReadonlyMap<string, DoubtWords> = new Map([
  [
    'different-nhs-numbers',
    {
      title: 'The rows agree otherwise but carry two different NHS numbers',
      look: 'One of the numbers may be mistyped. Ask the providers to check both.',
    },
  ],
  [
    'reference-used-again',
    {
      title: 'One client reference stands for two people',
      look: 'The service may have given the reference to somebody new. Ask the provider.',
    },
  ],
  [
    'shared-mailbox',
    {
      title: 'The rows share an email address, but not a person',
      look: 'A family or a team may share the mailbox. Usually these are different people.',
    },
  ],
  [
    'twins',
    {
      title: 'The rows may be twins, or one child written twice',
      look: 'Ask the provider how many children of this birth date the family has.',
    },
  ],
  [
    'different-births',
    {
      title: 'The rows agree otherwise but give different dates of birth',
      look: 'One of the dates may be mistyped. Ask the providers to check both.',
    },
  ],
  [
    'different-genders',
    {
      title: 'The rows agree otherwise but give different genders',
      look: 'One of the rows may be mistaken. Ask the providers to check both.',
    },
  ],
  [
    'either-of-two',
    {
      title: 'A row fits two people equally well',
      look: 'An NHS number in the row would settle it. Ask the provider whether there is one.',
    },
  ],
  [
    'carried-by-too-many',
    {
      title: 'The same evidence is carried by more rows than can be compared',
      look: 'A value may stand for “unknown” in a provider’s system. Ask what it means.',
    },
  ],
  [
    'name-birth-elsewhere',
    {
      title: 'The same name and date of birth in another place',
      look: `They may have moved, or be two people of one name. ${IN_THE_FILES}`,
    },
  ],
  [
    'name-otherwise-elsewhere',
    {
      title: 'The same date of birth, with the name written another way and something that differs',
      look: `First and last name may be in each other’s place, or one part of a double surname left out. ${IN_THE_FILES}`,
    },
  ],
  [
    'birth-swapped',
    {
      title: 'The same name, with day and month of the date of birth in each other’s place',
      look: 'One of the dates may be written month first. Ask the providers to check both.',
    },
  ],
  [
    'sound-birth',
    {
      title: 'The same date of birth, and names that sound alike',
      look: `It may be one name with two spellings, or two names. ${IN_THE_FILES}`,
    },
  ],
  [
    'own-email-of-a-child',
    {
      title: 'A child’s own email address is in another row',
      look: 'It is often a parent’s address. Ask the provider whose it is.',
    },
  ],
  [
    'birth-postcode',
    {
      title: 'The same date of birth at the same postcode',
      look: `They may be twins, neighbours or one person. ${IN_THE_FILES}`,
    },
  ],
  [
    'name-postcode-other-birth',
    {
      title:
        'The same name at the same postcode, with another date of birth or no contact that agrees',
      look: `They may be relatives of one name, or one person with a mistyped date. ${IN_THE_FILES}`,
    },
  ],
])

/** Whether a text is the code of a doubt. */
export function isDoubtCode(text: string): boolean {
  return DOUBTS.has(text)
}

/** The words for the code of a doubt. */
export function doubtWords(code: string): DoubtWords {
  return (
    DOUBTS.get(code) ?? {
      title: 'The rows may be one person and were kept apart',
      look: IN_THE_FILES,
    }
  )
}

const RULES: ReadonlyMap<string, string> = new Map([
  ['bridge', 'one row, under the earlier and the present source key'],
  ['decided', 'a reviewer decided that they are the same person'],
  ['nhs', 'the same NHS number'],
  ['client', 'the same client of the same service'],
  ['child', 'the same child by name, date of birth and carer'],
  ['person', 'the same first name, date of birth and postcode'],
  [
    'name-and-support',
    'the same name with date of birth or postcode, and a contact, the ward or a relative that agrees',
  ],
  [
    'birth-postcode-and-contact',
    'the same last name, date of birth and postcode, and a contact that agrees',
  ],
  [
    'name-and-home',
    'the same name and postcode, or last name, date of birth and postcode, and one child or carer tied to both',
  ],
  [
    'birth-swapped',
    'the same name, day and month of birth in each other’s place, and a contact, ward or client reference that agrees',
  ],
  [
    'name-otherwise',
    'the same date of birth and the name written another way, and nothing that disagrees',
  ],
  [
    'sound',
    'the same date of birth, names that sound alike, and a contact, ward or relative that agrees',
  ],
  ['name', 'the same name and date of birth, and nothing that disagrees'],
  ['sound-alone', 'the same date of birth, names that sound alike, and nothing that disagrees'],
  ['email', 'the same email address of their own'],
  ['mobile', 'the same mobile number of their own'],
])

/** Why a rule of linkage joins, as it follows “joined by”. */
export function ruleWords(rule: string): string {
  return RULES.get(rule) ?? rule
}

const EVIDENCE: ReadonlyMap<string, string> = new Map([
  ...PSEUDONYM_COLUMNS.map((one) => [pseudonymName(one), withinSentence(one.words)] as const),
  ['birth', 'date of birth'],
  ['ward', 'ward'],
])

/** Words as they stand within a sentence; a name that begins with capitals keeps them. */
function withinSentence(words: string): string {
  return /^[A-Z]{2}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
}

/**
 * What agreed between two records, by the name of the evidence: only that it agreed is known, never
 * what it is.
 */
export function evidenceWords(name: string): string {
  return EVIDENCE.get(name) ?? name.replaceAll('_', ' ')
}

/** What a possible match is, wherever one is counted or listed. */
export const POSSIBLE_MATCH_MEANS =
  'A possible match is two or more people in the figures who may be one person. Something in their rows agrees and something does not, so they are counted apart until a reviewer has answered.'

/** What a record that could not be matched with certainty is, wherever such records are counted. */
export const UNCERTAIN_RECORD_MEANS =
  'A record could not be matched with certainty where it belongs to a possible match, or is joined to others by weaker evidence than an NHS number, a client reference, or a child’s birth with a carer’s contact.'

/** How many possible matches there are: “12 possible matches”. */
export function possibleMatchWords(count: number): string {
  return count === 1 ? '1 possible match' : `${count.toLocaleString('en-GB')} possible matches`
}

/** What settling a possible match as one person does to the figures. */
export function effectWords({
  people,
  quarters,
}: {
  readonly people: number
  readonly quarters: number
}): string {
  if (people === 0) return 'If they are one person, no figure changes: they were not both reached.'
  const falls = `the programme’s figure falls by ${people}`
  if (quarters === 0) return `If they are one person, ${falls}.`
  const figures = quarters === 1 ? 'the figure of 1 quarter' : `the figures of ${quarters} quarters`
  return `If they are one person, ${falls}, and so ${quarters === 1 ? 'does' : 'do'} ${figures}.`
}
