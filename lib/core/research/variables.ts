import { ETHNICITY } from '#core/standard/ethnicity-codes.ts'
import type { Ladder } from './generalise.ts'

/**
 * What may be asked for of people for a piece of research, one person a row, and how coarsely each can be told. All of it
 * counts as what somebody may be known by: nothing is told that fewer than so many people share. Month of birth at most, ward
 * at most, bands of counts, no text of anybody's.
 */

/** A way to tell a value, named for who reads the codebook. */
interface Step {
  readonly name: string
  readonly of: (value: string) => string
}

interface Variable {
  readonly name: string
  readonly means: string
  /** From exactly to coarsely; that it is not told at all comes after the last. */
  readonly steps: readonly [Step, ...Step[]]
}

const asIs = (name: string): Step => ({ name, of: (value) => value })
const NOT_KNOWN = 'not known'

/** Bands by their least members: 0, 2 and 5 make "0 to 1", "2 to 4" and "5 or more". */
const banded = (name: string, from: readonly number[]): Step => ({
  name,
  of: (value) => {
    if (value === '' || value === NOT_KNOWN) return NOT_KNOWN
    const place = from.findLastIndex((least) => Number(value) >= least)
    const [least = 0, next] = [from[place], from[place + 1]]
    if (next === undefined) return `${String(least)} or more`
    return next === least + 1 ? String(least) : `${String(least)} to ${String(next - 1)}`
  },
})

const known = (of: (value: string) => string) => (value: string) =>
  value === '' || value === NOT_KNOWN ? NOT_KNOWN : of(value)

/** The last of the codes of each group; Z is that nobody said. */
const ETHNIC_GROUPS = [
  ['C', 'White'],
  ['G', 'Mixed'],
  ['L', 'Asian or Asian British'],
  ['P', 'Black or Black British'],
  ['S', 'Other'],
] as const

const ETHNIC_LABELS = new Map(ETHNICITY.codes.map(({ code, label }) => [code, label]))

/** Every variable that a project may ask for. */
export const RESEARCH_VARIABLES = {
  kind: {
    name: 'Child or adult',
    means: 'Child where somebody was a child to any service',
    steps: [asIs('child or adult')],
  },
  birth: {
    name: 'Birth',
    means: 'Month of birth of those who were under 16, else the year',
    steps: [
      { name: 'month, or year', of: known((value) => value) },
      { name: 'year', of: known((value) => value.slice(0, 4)) },
      {
        name: 'five years',
        of: known((value) => {
          const first = Math.floor(Number(value.slice(0, 4)) / 5) * 5
          return `${String(first)} to ${String(first + 4)}`
        }),
      },
      {
        name: 'twenty years',
        of: known((value) => {
          const first = Math.floor(Number(value.slice(0, 4)) / 20) * 20
          return `${String(first)} to ${String(first + 19)}`
        }),
      },
    ],
  },
  gender: { name: 'Gender', means: 'As the services wrote it', steps: [asIs('code')] },
  ethnicity: {
    name: 'Ethnicity',
    means: 'The NHS ethnic category',
    steps: [
      { name: 'category', of: known((value) => ETHNIC_LABELS.get(value) ?? NOT_KNOWN) },
      {
        name: 'group',
        of: known(
          (value) =>
            ETHNIC_GROUPS.find(([last]) => value <= last && value !== 'Z')?.[1] ?? NOT_KNOWN,
        ),
      },
    ],
  },
  language: {
    name: 'Main language',
    means: 'ISO 639 code',
    steps: [
      { name: 'language', of: known((value) => value) },
      {
        name: 'English or another',
        of: known((value) => (value === 'eng' || value === 'en' ? 'English' : 'another')),
      },
    ],
  },
  send: {
    name: 'Special needs or disability',
    means: 'As the services wrote it',
    steps: [asIs('yes, no or not known')],
  },
  ward: {
    name: 'Ward',
    means: 'Ward at the first contact of the years asked for',
    steps: [
      { name: 'ward', of: known((value) => value) },
      {
        name: 'in the area or outside',
        of: known((value) => (value === 'outside' ? value : 'in')),
      },
    ],
  },
  deprivation: {
    name: 'Deprivation',
    means: 'Decile of the index of multiple deprivation of the postcode; 1 is the most deprived',
    steps: [
      { name: 'decile', of: known((value) => value) },
      {
        name: 'fifth',
        of: known((value) => `fifth ${String(Math.ceil(Number(value) / 2))}`),
      },
    ],
  },
  'first-quarter': {
    name: 'First quarter',
    means: 'Quarter of the first contact in the time asked for',
    steps: [
      asIs('quarter'),
      { name: 'financial year', of: (value) => `from April ${value.slice(0, 4)}` },
    ],
  },
  services: {
    name: 'Services',
    means: 'How many services reached the person',
    steps: [banded('up to four', [1, 2, 3, 4]), banded('one or more', [1, 2])],
  },
  quarters: {
    name: 'Quarters',
    means: 'In how many quarters a service reached the person',
    steps: [banded('up to five', [1, 2, 3, 4, 5]), banded('one or more', [1, 2])],
  },
  contacts: {
    name: 'Contacts',
    means: 'Contacts attended in all, where the services count them',
    steps: [banded('bands', [0, 1, 2, 5, 10, 20]), banded('few or many', [0, 5])],
  },
  family: {
    name: 'Size of the family',
    means:
      'How many people whom files connect as one family, the person among them; 1 for nobody else',
    steps: [banded('up to five', [1, 2, 3, 4, 5]), banded('alone or not', [1, 2])],
  },
  certainty: {
    name: 'Certainty of linkage',
    means:
      'one-record: nothing was linked; sure: by numbers and references alone; likely: by names and contacts; doubtful: may be the same as another person of the extract',
    steps: [
      asIs('one-record, sure, likely or doubtful'),
      { name: 'doubtful or not', of: (value) => (value === 'doubtful' ? value : 'not doubtful') },
    ],
  },
} as const satisfies Record<string, Variable>

/** The code of a variable. */
export type VariableCode = keyof typeof RESEARCH_VARIABLES

/** All codes, in the order in which columns stand. */
export const VARIABLE_CODES = Object.keys(RESEARCH_VARIABLES) as VariableCode[]

/** The column in which a variable stands in an extract: `person` and `family` are pseudonyms there. */
export function columnOf(code: VariableCode): string {
  return code === 'family' ? 'family-size' : code
}

/** The most variables that one extract has: what a question does not need is not asked for. */
export const MOST_VARIABLES = 8

/** What is said of everybody alike where a variable is not told. */
const NOT_TOLD = 'not told'

/** How a variable may be told, from exactly to not at all. */
export function ladderOf(code: VariableCode): Ladder {
  const { steps }: Variable = RESEARCH_VARIABLES[code]
  return {
    steps: steps.length + 1,
    at(value, step) {
      // Each step is told of the value itself, and so is alike where an earlier one is.
      return steps[step]?.of(value) ?? NOT_TOLD
    },
  }
}

/** How a step of a variable is called. */
export function stepWords(code: VariableCode, step: number): string {
  const { steps }: Variable = RESEARCH_VARIABLES[code]
  return steps[step]?.name ?? NOT_TOLD
}
