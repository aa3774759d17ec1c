import type { Words } from '#core/messages/words.ts'
import type { BecauseCode } from '#core/rights/agreement.ts'

/** The words of what people ask about their own data, and of what is done about it. */

interface KindWords {
  readonly name: string
  readonly hint: string
  /** What is done once two officers have agreed. */
  readonly done: string
}

/** What can be asked for. Source: UK GDPR, articles 15, 16, 17, 18 and 21. */
export const RIGHTS_KINDS = {
  access: {
    name: 'Access',
    hint: 'They want to know what is held about them.',
    done: 'A letter is made of what is held.',
  },
  rectification: {
    name: 'Correction',
    hint: 'Something about them is wrong.',
    done: 'Each service is asked to correct its row and send its file again.',
  },
  erasure: {
    name: 'Erasure',
    hint: 'They want what is held about them deleted.',
    done: 'The records are deleted, and the person is kept out of every later file.',
  },
  restriction: {
    name: 'Restriction',
    hint: 'What is held is to be kept, and not used.',
    done: 'The records are set apart, in no figure, and so are those of later files.',
  },
  objection: {
    name: 'Objection',
    hint: 'They do not want to be counted.',
    done: 'The records are deleted, and the person is kept out of every later file.',
  },
} as const satisfies Record<string, KindWords>

/** The code of what is asked for. */
export type RightsKind = keyof typeof RIGHTS_KINDS

/** Whether somebody is deleted for a request of a kind, and so from files that are held. */
export function deletesPeople(kind: RightsKind): boolean {
  return kind === 'erasure' || kind === 'objection'
}

/** What becomes of held files that nobody has submitted yet when somebody is deleted. */
export const HELD_FILES = {
  senders:
    'What the organisations that sent them have not submitted yet is erased, and has to be sent again. In any other held file their rows are left out when it is loaded, and it goes within 24 hours.',
  everybody:
    'What any organisation has not submitted yet is erased, whoever is in it, and has to be sent again: then no held file has them.',
} as const

/** Who asks. */
export const RIGHTS_ASKERS = {
  self: 'The person themselves',
  parent: 'A parent, or somebody with parental responsibility, for their child',
  representative: 'Somebody who acts for them',
} as const

/** How it was made sure, elsewhere, who they are. */
export const IDENTITY_CHECKS = {
  'document-seen': 'A document with a photograph was seen',
  'known-to-service': 'A service that knows them confirmed it',
  'authority-seen': 'Identity and authority to act for them were seen',
} as const

/** Why the time was extended. */
export const EXTENSION_REASONS = {
  complex: 'The request is complex',
  several: 'They made several requests',
} as const

/** How a request ended that nothing was done for. */
export const CLOSING_REASONS = {
  'nothing-certain': 'Nothing is held that is surely about them',
  'taken-back': 'They took the request back',
  'not-verified': 'It could not be made sure who they are',
} as const

/** Why a record is thought to be theirs. */
export const BECAUSE_WORDS: Readonly<Record<BecauseCode, string>> = {
  nhs: 'The NHS number agrees',
  client: 'The client reference of this service agrees',
  'name-and-more': 'Name and date of birth agree, and so does a contact or postcode',
  'name-alone': 'Name and date of birth agree, and nothing differs',
  'given-birth-postcode': 'First name, date of birth and postcode agree',
  child: 'The child’s first letters, date of birth, gender and carer’s contact agree',
  'child-other-name':
    'The child’s first letters, date of birth, gender and carer’s contact agree, and the name does not',
  'nhs-other-name': 'The NHS number agrees, and the name or date of birth does not',
  'other-nhs': 'It agrees, but with another NHS number',
  'name-moved': 'Name and date of birth agree, and the postcode does not',
  'name-postcode': 'Name and postcode agree, and the date of birth does not, or is not there',
  alternate: 'The name or date of birth may be written the other way round',
  contact: 'A contact agrees, and little else is there',
  linked: 'It is counted as the same person as a record that is theirs',
}

/** What stops a request. */
export const RIGHTS_WORDS = {
  'rights-too-many-ways': {
    title: 'That is more than one person would have.',
    fix: 'Type up to 8 values in a box, and fewer where several boxes have several: at most 400 combinations are tried.',
  },
  'rights-nothing-typed': {
    title: 'Nobody can be found by what was typed.',
    fix: 'Type an NHS number, or a first and last name with a date of birth or a postcode. Check that each is written as it should be.',
  },
  'rights-searches-many': {
    title: 'Too many searches were made.',
    fix: 'A request is searched 10 times at most, and an officer searches 30 times in 24 hours. Ask another officer, or go on tomorrow. Others who watch over the programme were told.',
  },
  'rights-over': {
    title: 'This request is over.',
    fix: 'Nothing was changed. Open another request if they ask again.',
  },
  'rights-no-letter': {
    title: 'There is no letter for this request.',
    fix: 'A letter is made for a request for access, once a second officer has approved it and a worker has done it.',
  },
  'rights-forgotten': {
    title: 'What was found for this request has had its time and is forgotten.',
    fix: 'No letter can be made of it any more. Write down another request if they ask again.',
  },
  'rights-not-restricted': {
    title: 'There is no restriction to lift.',
    fix: 'Nothing was changed. A restriction can be lifted once its records are set apart, and it is lifted once.',
  },
  'rights-nothing-picked': {
    title: 'No record is picked.',
    fix: 'Look for the person and pick the records that are theirs, or close the request.',
  },
  'rights-changed': {
    title: 'What was picked has changed since it was asked for.',
    fix: 'Nothing was done. Look at what is picked now, and ask a second officer again.',
  },
  'rights-late': {
    title: 'The time cannot be extended any more.',
    fix: 'It is extended once, with a reason, before the first month is over.',
  },
} as const satisfies Record<string, Words>

/** The code of a refusal. */
export type RightsCode = keyof typeof RIGHTS_WORDS
