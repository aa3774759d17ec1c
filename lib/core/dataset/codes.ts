import { codeKey } from './code-key.ts'
import { LANGUAGE_CODES } from './languages.ts'

/**
 * The code lists of the standard dataset, with the words that providers write for each code.
 */

/** One code, its plain name, and other words that mean the same; all compared by `codeKey`. */
export interface Code {
  readonly code: string
  readonly label: string
  readonly synonyms: readonly string[]
}

export type CodeListName =
  | 'role'
  | 'gender'
  | 'ethnicity'
  | 'language'
  | 'yes-no'
  | 'referral-source'
  | 'status'
  | 'attended'

export interface CodeList {
  readonly name: CodeListName
  readonly source: string
  readonly codes: readonly Code[]
  /** Words that say that nothing is known: read as a blank, without a finding. */
  readonly blanks: readonly string[]
}

const NOT_KNOWN = [
  'unknown',
  'not known',
  'not recorded',
  'not provided',
  'not given',
  'not available',
  'missing',
  'n/a',
  'na',
  'null',
  'tbc',
  '-',
  '99',
  'no data',
  'blank',
]

const ROLE: CodeList = {
  name: 'role',
  source: 'This dataset: what the person was to the service.',
  codes: [
    {
      code: 'child',
      label: 'Child',
      synonyms: [
        'c',
        'baby',
        'infant',
        'toddler',
        'children',
        'cyp',
        'young person',
        'pupil',
        'son',
        'daughter',
      ],
    },
    {
      code: 'parent',
      label: 'Parent or carer',
      synonyms: [
        'p',
        'carer',
        'parent carer',
        'mother',
        'father',
        'mum',
        'dad',
        'guardian',
        'grandparent',
        'foster carer',
        'primary carer',
        'pregnant woman',
        'expectant parent',
        'parents',
      ],
    },
    {
      code: 'adult',
      label: 'Adult',
      synonyms: [
        'a',
        'practitioner',
        'professional',
        'volunteer',
        'peer supporter',
        'resident',
        'adults',
        'staff',
      ],
    },
  ],
  blanks: NOT_KNOWN,
}

const GENDER: CodeList = {
  name: 'gender',
  source: 'NHS Data Dictionary, person stated gender code; docs/pseudonymisation.md, "Gender".',
  codes: [
    { code: 'M', label: 'Male', synonyms: ['1', 'boy', 'man', 'males', 'masculine', 'b'] },
    {
      code: 'F',
      label: 'Female',
      synonyms: ['2', 'girl', 'woman', 'females', 'feminine', 'g', 'w'],
    },
    {
      code: 'X',
      label: 'Other',
      synonyms: [
        '9',
        'i',
        'indeterminate',
        'non binary',
        'intersex',
        'other gender',
        'another gender',
        'o',
      ],
    },
    {
      code: 'unknown',
      label: 'Not known',
      synonyms: [
        '0',
        'u',
        'z',
        'not specified',
        'not stated',
        'prefer not to say',
        'declined',
        ...NOT_KNOWN,
      ],
    },
  ],
  blanks: [],
}

const ETHNICITY: CodeList = {
  name: 'ethnicity',
  source: 'NHS Data Dictionary, ethnic category; ONS Census 2021 labels.',
  codes: [
    {
      code: 'A',
      label: 'White: British',
      synonyms: [
        'british',
        'white british',
        'white - english, welsh, scottish, northern irish or british',
        'english, welsh, scottish, northern irish or british',
        'english/welsh/scottish/northern irish/british',
        'white english/welsh/scottish/northern irish/british',
        'white uk',
        'wbri',
        'english',
        'scottish',
        'welsh',
        'northern irish',
        'white english',
        'british white',
      ],
    },
    { code: 'B', label: 'White: Irish', synonyms: ['irish', 'white irish', 'wiri'] },
    {
      code: 'C',
      label: 'White: any other White background',
      synonyms: [
        'any other white background',
        'other white',
        'white other',
        'white: other white',
        'white european',
        'white: gypsy or irish traveller',
        'gypsy or irish traveller',
        'gypsy/roma',
        'roma',
        'white: roma',
        'traveller of irish heritage',
        'woth',
        'wirt',
        'wrom',
        'eastern european',
        'white eastern european',
        'other white background',
        'any other white',
      ],
    },
    {
      code: 'D',
      label: 'Mixed: White and Black Caribbean',
      synonyms: [
        'white and black caribbean',
        'mixed white and black caribbean',
        'mixed or multiple ethnic groups: white and black caribbean',
        'mixed/multiple ethnic groups: white and black caribbean',
        'mixed white & black caribbean',
        'white/black caribbean',
        'mixed - white/black caribbean',
        'mwbc',
      ],
    },
    {
      code: 'E',
      label: 'Mixed: White and Black African',
      synonyms: [
        'white and black african',
        'mixed white and black african',
        'mixed or multiple ethnic groups: white and black african',
        'mixed/multiple ethnic groups: white and black african',
        'mixed white & black african',
        'white/black african',
        'mixed - white/black african',
        'mwba',
      ],
    },
    {
      code: 'F',
      label: 'Mixed: White and Asian',
      synonyms: [
        'white and asian',
        'mixed white and asian',
        'mixed or multiple ethnic groups: white and asian',
        'mixed/multiple ethnic groups: white and asian',
        'mixed white & asian',
        'white/asian',
        'mixed - white/asian',
        'mwas',
      ],
    },
    {
      code: 'G',
      label: 'Mixed: any other mixed background',
      synonyms: [
        'any other mixed background',
        'other mixed',
        'mixed other',
        'mixed',
        'mixed race',
        'dual heritage',
        'mixed or multiple ethnic groups: other mixed or multiple ethnic groups',
        'other mixed or multiple ethnic groups',
        'any other mixed or multiple ethnic background',
        'mixed/multiple ethnic groups: other',
        'mixed any other background',
        'mixed any other mixed background',
        'moth',
      ],
    },
    {
      code: 'H',
      label: 'Asian or Asian British: Indian',
      synonyms: [
        'indian',
        'asian indian',
        'asian british indian',
        'asian, asian british or asian welsh: indian',
        'asian/asian british indian',
        'aind',
      ],
    },
    {
      code: 'J',
      label: 'Asian or Asian British: Pakistani',
      synonyms: [
        'pakistani',
        'asian pakistani',
        'asian british pakistani',
        'asian, asian british or asian welsh: pakistani',
        'asian/asian british pakistani',
        'apkn',
      ],
    },
    {
      code: 'K',
      label: 'Asian or Asian British: Bangladeshi',
      synonyms: [
        'bangladeshi',
        'asian bangladeshi',
        'asian british bangladeshi',
        'asian, asian british or asian welsh: bangladeshi',
        'asian/asian british bangladeshi',
        'aban',
      ],
    },
    {
      code: 'L',
      label: 'Asian or Asian British: any other Asian background',
      synonyms: [
        'any other asian background',
        'other asian',
        'asian other',
        'asian',
        'asian british',
        'asian, asian british or asian welsh: other asian',
        'asian or asian british: other asian',
        'asian/asian british other',
        'aoth',
      ],
    },
    {
      code: 'M',
      label: 'Black or Black British: Caribbean',
      synonyms: [
        'caribbean',
        'black caribbean',
        'black british caribbean',
        'african caribbean',
        'afro caribbean',
        'black, black british, black welsh, caribbean or african: caribbean',
        'black/african/caribbean/black british: caribbean',
        'black/black british caribbean',
        'bcrb',
      ],
    },
    {
      code: 'N',
      label: 'Black or Black British: African',
      synonyms: [
        'african',
        'black african',
        'black british african',
        'black, black british, black welsh, caribbean or african: african',
        'black/african/caribbean/black british: african',
        'black/black british african',
        'somali',
        'nigerian',
        'ghanaian',
        'eritrean',
        'bafr',
      ],
    },
    {
      code: 'P',
      label: 'Black or Black British: any other Black background',
      synonyms: [
        'any other black background',
        'other black',
        'black other',
        'black british',
        'black',
        'black, black british, black welsh, caribbean or african: other black',
        'black/african/caribbean/black british: other',
        'any other black, black british or caribbean background',
        'black or black british: other black',
        'both',
      ],
    },
    {
      code: 'R',
      label: 'Other ethnic groups: Chinese',
      synonyms: [
        'chinese',
        'asian, asian british or asian welsh: chinese',
        'asian chinese',
        'asian or asian british: chinese',
        'other: chinese',
        'chne',
      ],
    },
    {
      code: 'S',
      label: 'Other ethnic groups: any other ethnic group',
      synonyms: [
        'any other ethnic group',
        'other ethnic group',
        'other',
        'arab',
        'other ethnic group: arab',
        'other ethnic group: any other ethnic group',
        'latin american',
        'kurdish',
        'ooth',
      ],
    },
    {
      code: 'Z',
      label: 'Not stated',
      synonyms: [
        'not stated',
        'prefer not to say',
        'refused',
        'declined',
        'declined to say',
        'not disclosed',
        'information not yet obtained',
        'refu',
        'nobt',
        'prefer not to state',
        'would rather not say',
      ],
    },
  ],
  blanks: NOT_KNOWN,
}

const YES_NO: CodeList = {
  name: 'yes-no',
  source: 'This dataset.',
  codes: [
    {
      code: 'yes',
      label: 'Yes',
      synonyms: [
        'y',
        'true',
        '1',
        'send',
        'disabled',
        'disability',
        'ehcp',
        'ehc plan',
        'sen support',
        'sen',
        'e',
        'k',
        'x',
        '✓',
        '✔',
        'has send',
      ],
    },
    {
      code: 'no',
      label: 'No',
      synonyms: [
        'n',
        'false',
        '0',
        'none',
        'no send',
        'not disabled',
        'no disability',
        'no sen',
        'no known disability',
      ],
    },
    {
      code: 'unknown',
      label: 'Not known',
      synonyms: ['u', 'not stated', 'prefer not to say', 'declined', 'dont know', ...NOT_KNOWN],
    },
  ],
  blanks: [],
}

const REFERRAL_SOURCE: CodeList = {
  name: 'referral-source',
  source: 'This dataset.',
  codes: [
    {
      code: 'self',
      label: 'Self or family',
      synonyms: [
        'self referral',
        'self referred',
        'parent',
        'family',
        'carer',
        'drop in',
        'walk in',
        'word of mouth',
        'friend',
        'parent carer',
        'self/family',
      ],
    },
    {
      code: 'gp',
      label: 'GP',
      synonyms: ['general practitioner', 'doctor', 'gp surgery', 'gp practice', 'primary care'],
    },
    {
      code: 'midwife',
      label: 'Midwife',
      synonyms: [
        'midwifery',
        'maternity',
        'community midwife',
        'mw',
        'maternity services',
        'antenatal clinic',
      ],
    },
    {
      code: 'health_visitor',
      label: 'Health visitor',
      synonyms: ['hv', 'health visiting', 'health visitors', '0-19 service', '0-5 service'],
    },
    {
      code: 'social_care',
      label: 'Social care',
      synonyms: [
        'social worker',
        'social services',
        'childrens social care',
        'csc',
        'early help',
        'mash',
        'family support worker',
        'sw',
      ],
    },
    {
      code: 'nursery_school',
      label: 'Nursery or school',
      synonyms: [
        'nursery',
        'school',
        'childrens centre',
        'early years setting',
        'preschool',
        'pre-school',
        'childminder',
        'senco',
        'teacher',
        'education',
        'nursery/school',
      ],
    },
    {
      code: 'other_service',
      label: 'Another service',
      synonyms: [
        'other leap service',
        'internal',
        'internal referral',
        'charity',
        'voluntary sector',
        'vcs',
        'other agency',
        'another service',
        'other professional',
        'hospital',
        'camhs',
        'speech and language therapy',
        'slt',
        'salt',
      ],
    },
    {
      code: 'other',
      label: 'Other',
      synonyms: ['others', 'website', 'internet', 'social media', 'leaflet', 'poster'],
    },
  ],
  blanks: NOT_KNOWN,
}

const STATUS: CodeList = {
  name: 'status',
  source: 'This dataset.',
  codes: [
    {
      code: 'waiting',
      label: 'Waiting',
      synonyms: [
        'waiting list',
        'on waiting list',
        'pending',
        'referred',
        'awaiting',
        'awaiting start',
        'not started',
        'waitlist',
        'new referral',
      ],
    },
    {
      code: 'active',
      label: 'Active',
      synonyms: [
        'open',
        'current',
        'ongoing',
        'enrolled',
        'in progress',
        'live',
        'engaged',
        'attending',
        'started',
        'open case',
        'registered',
      ],
    },
    {
      code: 'completed',
      label: 'Completed',
      synonyms: [
        'complete',
        'closed',
        'finished',
        'discharged',
        'graduated',
        'closed - completed',
        'completed programme',
        'ended',
      ],
    },
    {
      code: 'left_early',
      label: 'Left early',
      synonyms: [
        'dropped out',
        'drop out',
        'disengaged',
        'withdrawn',
        'withdrew',
        'left',
        'did not complete',
        'moved away',
        'moved out of area',
        'closed - disengaged',
        'incomplete',
        'lost contact',
      ],
    },
    {
      code: 'declined',
      label: 'Declined',
      synonyms: [
        'refused',
        'declined service',
        'did not engage',
        'rejected',
        'not interested',
        'never started',
        'no response',
        'declined offer',
      ],
    },
  ],
  blanks: NOT_KNOWN,
}

const ATTENDED: CodeList = {
  name: 'attended',
  source: 'NHS Data Dictionary, attended or did not attend code, in words.',
  codes: [
    {
      code: 'yes',
      label: 'Attended',
      synonyms: [
        'y',
        'true',
        '1',
        'attend',
        'attended',
        'present',
        'seen',
        'x',
        '✓',
        '✔',
        '/',
        'p',
        'arrived',
        'completed',
        'attended on time',
        '5',
        '6',
      ],
    },
    {
      code: 'no',
      label: 'Did not attend',
      synonyms: [
        'n',
        'false',
        '0',
        'dna',
        'absent',
        'did not attend',
        'cancelled',
        'canceled',
        'no show',
        'not attended',
        'was not brought',
        'wnb',
        'missed',
        'a',
        'non attendance',
        'unable to attend',
        '2',
        '3',
        '4',
        '7',
        'cancelled by service',
        'cancelled by family',
        'not seen',
        'failed to attend',
      ],
    },
  ],
  blanks: NOT_KNOWN,
}

const LANGUAGE: CodeList = {
  name: 'language',
  source: 'ISO 639-1, and ISO 639-3 where Part 1 has no code; English names.',
  codes: LANGUAGE_CODES,
  blanks: [...NOT_KNOWN, 'not stated', 'prefer not to say', 'other', 'other language', 'declined'],
}

/** The code lists by name. */
export const CODE_LISTS: Readonly<Record<CodeListName, CodeList>> = {
  role: ROLE,
  gender: GENDER,
  ethnicity: ETHNICITY,
  language: LANGUAGE,
  'yes-no': YES_NO,
  'referral-source': REFERRAL_SOURCE,
  status: STATUS,
  attended: ATTENDED,
}

/**
 * Every word of a list by its key → code; a word that says nothing is known → ''.
 * A code's own key wins over a synonym, and an earlier code over a later one.
 */
export function codeWords(list: CodeList): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  const add = (word: string, code: string) => {
    const key = wordKey(word)
    if (key !== '' && !words.has(key)) words.set(key, code)
  }
  for (const { code } of list.codes) add(code, code)
  for (const { code, label } of list.codes) add(label, code)
  for (const { code, synonyms } of list.codes) for (const word of synonyms) add(word, code)
  // "A - White British" and "White British (A)" are how exports write a code with its words.
  for (const { code, label, synonyms } of list.codes) {
    for (const word of [label, ...synonyms]) {
      add(`${code} ${word}`, code)
      add(`${word} ${code}`, code)
    }
  }
  for (const word of list.blanks) add(word, '')
  return words
}

/** How a value is looked up in `codeWords`: by its letters and digits, or, of a value that is marks alone (✓, /, -), by those. */
export function wordKey(value: string): string {
  const key = codeKey(value)
  return key === '' ? value.trim() : key
}
