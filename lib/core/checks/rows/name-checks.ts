import type { Check } from './check.ts'

/** The rules about names that are well formed and still no name of one person. */

const FROM = '2015-Q1'
const ONE_PERSON = 'Standard, version 1: a row is one person'

/** Every rule about a name that a person has to look at. */
export const NAME_CHECKS: readonly Check[] = [
  {
    code: 'name-of-two-people',
    field: 'first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'two-people',
    examples: {
      pass: [
        { first_name: 'Anderson' },
        { first_name: 'Mary-Ann' },
        { first_name: 'Sandy And' },
        { first_name: 'N/A' },
      ],
      fail: [
        { first_name: 'Bob & Jane' },
        { first_name: 'Bob and Jane' },
        { first_name: 'Ali / Sara' },
        { first_name: 'Ben + Amy' },
        { first_name: 'Mr and Mrs' },
      ],
    },
  },
  {
    code: 'name-holds-remark',
    field: 'first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'remark',
    examples: {
      pass: [
        { first_name: 'D’Arcy' },
        { first_name: 'Nee' },
        { first_name: 'Mary J.' },
        { first_name: 'D’ Souza' },
      ],
      fail: [
        { first_name: 'Robert (Bob)' },
        { first_name: 'Amara2' },
        { first_name: 'amara@mail.leap.test' },
        { first_name: 'B/O Smith' },
        { first_name: 'Jane née Jones' },
        { first_name: 'Jane ‘Jan’' },
        { first_name: 'Jane known as Jan' },
        { first_name: 'Dev', last_name: 'Patel DO NOT USE' },
        { first_name: 'Dev', last_name: 'zzMerged Patel' },
        { first_name: 'Dev', last_name: 'Patel PhD' },
      ],
    },
  },
  {
    code: 'name-letter-lost',
    field: 'first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'lost-letter',
    examples: {
      pass: [
        { first_name: 'José' },
        { first_name: '?' },
        { first_name: 'Amara' },
        { first_name: 'Zoe', last_name: 'Brando' },
      ],
      fail: [
        { first_name: 'Jos?' },
        { first_name: 'N??ez' },
        { first_name: '?ngel' },
        { first_name: 'Zo_' },
        { first_name: 'Joo', last_name: 'Conceio' },
      ],
    },
  },
  {
    code: 'name-letter-lost',
    field: 'carer_first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ carerNameSign }) => carerNameSign === 'lost-letter',
    examples: {
      pass: [{ carer_first_name: 'José' }],
      fail: [{ carer_first_name: 'Jos?' }],
    },
  },
  {
    code: 'name-of-two-people',
    field: 'carer_first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ carerNameSign }) => carerNameSign === 'two-people',
    examples: {
      pass: [{ carer_first_name: 'Anderson' }],
      fail: [{ carer_first_name: 'Bob & Jane' }],
    },
  },
  {
    code: 'name-holds-remark',
    field: 'carer_first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ carerNameSign }) => carerNameSign === 'remark',
    examples: {
      pass: [{ carer_first_name: 'Mary J.' }],
      fail: [{ carer_first_name: 'Robert (Bob)' }],
    },
  },
  {
    code: 'name-of-nobody',
    field: 'first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'nobody',
    examples: {
      pass: [{ first_name: 'Missy' }, { first_name: 'Christian' }, { first_name: 'Unknown' }],
      fail: [
        { first_name: 'Confidential' },
        { first_name: ' REDACTED ' },
        { first_name: 'Mrs' },
        { first_name: 'not disclosed' },
        { first_name: 'XXTESTPATIENTAA' },
        { first_name: 'ZZZ-Test' },
        { first_name: 'Walk-in' },
        { first_name: 'Social worker' },
        { first_name: 'Dev', last_name: 'NaN' },
      ],
    },
  },
  {
    code: 'name-of-nobody',
    field: 'carer_first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ carerNameSign }) => carerNameSign === 'nobody',
    examples: {
      pass: [{ carer_first_name: 'Grace' }],
      fail: [{ carer_first_name: 'Mother' }],
    },
  },
  {
    code: 'name-in-both',
    field: 'first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'both',
    examples: {
      pass: [
        { first_name: 'Ali', last_name: 'Ali' },
        { first_name: 'Mary Ann', last_name: 'Lowe' },
        { first_name: 'Ana', last_name: 'Anaya Lima' },
      ],
      fail: [
        { first_name: 'Amara Okafor', last_name: 'Okafor' },
        { first_name: 'Amara', last_name: 'AMARA Okafor' },
        { first_name: 'Amara Okafor', last_name: 'Amara Okafor' },
      ],
    },
  },
  {
    code: 'name-in-both',
    field: 'carer_first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ carerNameSign }) => carerNameSign === 'both',
    examples: {
      pass: [{ carer_first_name: 'Grace', carer_last_name: 'Okafor' }],
      fail: [{ carer_first_name: 'Grace Okafor', carer_last_name: 'Okafor' }],
    },
  },
  {
    code: 'name-in-both',
    field: 'last_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'whole-last',
    examples: {
      pass: [{ last_name: 'Okafor' }, { first_name: 'Ana', last_name: 'De Souza' }],
      fail: [{ last_name: 'Amara Okafor' }],
    },
  },
  {
    code: 'names-exchanged',
    field: 'first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ nameSign }) => nameSign === 'exchanged',
    examples: {
      pass: [
        { first_name: 'Cara', last_name: 'Lowe' },
        { first_name: 'Emily', last_name: 'Alice' },
        { first_name: 'Hodan', last_name: 'Ahmed' },
        { first_name: 'Ama', last_name: 'Grace' },
      ],
      fail: [
        { first_name: 'Lowe', last_name: 'Cara' },
        { first_name: 'Hall', last_name: 'ESME' },
        { first_name: 'Hall', last_name: 'Ben', carer_last_name: 'Hall' },
      ],
    },
  },
  {
    code: 'names-exchanged',
    field: 'carer_first_name',
    severity: 'confirm',
    from: FROM,
    source: ONE_PERSON,
    check: ({ carerNameSign }) => carerNameSign === 'exchanged',
    examples: {
      pass: [{ carer_first_name: 'Emma', carer_last_name: 'Okafor' }],
      fail: [{ carer_first_name: 'Okafor', carer_last_name: 'Emma' }],
    },
  },
]
