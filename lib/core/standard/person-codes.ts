import { NOT_KNOWN, type CodeList } from './code-list.ts'

/** The code lists of people themselves, with the words that providers write for each code. */

/** The role of a person in a row. */
export const ROLE: CodeList = {
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

/** The gender of a person. */
export const GENDER: CodeList = {
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

/** What is answered by yes, no or nothing. */
export const YES_NO: CodeList = {
  name: 'yes-no',
  source: 'This standard.',
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
