import { headerWords } from './code-key.ts'

/** Whose a column is, by the words of its heading: "Child's forename", "Mum's email", "GP name". */

/**
 * Whose column it is; `other` is somebody the standard has no field for: a GP, a school, a second
 * parent.
 */
export type Party = 'own' | 'child' | 'carer' | 'other'

const CHILD: ReadonlySet<string> = words(
  'child childs children childrens baby babys babies infant infants toddler pupil pupils cyp yp kid kids newborn young student students plentyn blentyn baban',
)
const CARER: ReadonlySet<string> = words(
  'parent parents parental carer carers mum mums mother mothers mom moms mam dad dads father fathers guardian guardians caregiver caregivers maternal woman womans women rhiant rhieni gofalwr gofalwyr fam tad',
)
const OWN: ReadonlySet<string> = words(
  'client clients patient patients service services user users participant participants beneficiary beneficiarys person persons customer customers member members individual individuals attendee attendees recipient recipients su learner resident residents own personal cleient',
)
const OTHER: ReadonlySet<string> = words(
  'gp gps school schools nursery worker workers keyworker key practitioner practitioners staff referrer referrers sibling siblings partner partners emergency kin next venue centre center setting professional professionals hv visitor midwife midwifes clinician teacher second secondary 2 two 3 three alternative alternate alt other previous old former organisation organization agency doctor surgery practice provider therapist social interpreter landlord clinic tutor volunteer facilitator grandparent grandmother grandfather brother sister manager team company employer maiden middle invoice billing delivery landline work friend spouse husband wife',
)

/** Words that say whose something is, and nothing else. */
export const PARTY_WORDS: readonly ReadonlySet<string>[] = [CHILD, CARER, OTHER]

/** Words of a heading over several others that say no more than whose they are. */
const GROUP_FILL = words('details detail information info data about s the of and or section')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

/** Whose a group of columns is, when its heading says only that ("Child", "Parent / carer"). */
export function partyOfGroup(heading: string): Party | undefined {
  const all = headerWords(heading).filter((word) => !GROUP_FILL.has(word))
  if (all.length === 0 || all.some(isNoParty)) return undefined
  if (all.some((word) => CARER.has(word))) return 'carer'
  if (all.some((word) => CHILD.has(word))) return 'child'
  if (all.some((word) => OTHER.has(word))) return 'other'
  return 'own'
}

/** Whether a word says nothing of whose a column is. */
export function isNoParty(word: string): boolean {
  return !CHILD.has(word) && !CARER.has(word) && !OTHER.has(word) && !OWN.has(word)
}

/** Whether a word says neither that a column is somebody else's nor that it is the person's own. */
export function isPlain(word: string): boolean {
  return !OTHER.has(word) && !OWN.has(word)
}

/** Whether a heading names a carer. */
export function namesCarer(heading: string): boolean {
  return headerWords(heading).some((word) => CARER.has(word))
}

/** Takes the words that say whose a column is from those that say what it holds. */
export function takeParty(all: readonly string[]): {
  readonly party: Party
  readonly child: boolean
  readonly rest: readonly string[]
} {
  let child = false
  let carer = false
  let other = false
  const rest: string[] = []
  for (const [at, word] of all.entries()) {
    if (CHILD.has(word)) child = true
    // A young carer is a child who cares for somebody.
    else if (CARER.has(word)) carer ||= all[at - 1] !== 'young'
    else if (OTHER.has(word)) other = true
    else if (!OWN.has(word)) rest.push(word)
  }
  const party = other ? 'other' : carer ? 'carer' : child ? 'child' : 'own'
  return { party, child, rest }
}

const SERVICE = words('service services')
const USER = words('user users')
const HOUSEHOLD = words('family household')
const MEMBER = words('member members')

/**
 * Whether a heading's words leave open whose its column is: the service's own ("Service email"), who
 * typed it in ("User name"), somebody of the family, or of two people in one heading the other
 * ("Client’s child DOB", "Parent/child name", "First child name").
 */
export function leavesOpenWhose(heading: string): boolean {
  const all = headerWords(heading)
  return all.some((word, at) => {
    const before = all[at - 1] ?? ''
    const next = all[at + 1] ?? ''
    if (SERVICE.has(word)) return !USER.has(next)
    if (USER.has(word)) return !SERVICE.has(before)
    if (MEMBER.has(word)) return HOUSEHOLD.has(before)
    return CHILD.has(word) && (before === 'first' || CARER.has(before) || OWN.has(before))
  })
}
