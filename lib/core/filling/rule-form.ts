import { looksLikeIdentifier } from '#core/tabular/header/headings.ts'
import { FILLING_RULE } from './rules-schema.ts'
import { FILLING_LIMITS, type FillingRule, type RuleKind, type WordPair } from './rules.ts'

/** The fields of a form that adds a rule, as they are typed; those of other kinds are blank. */
export interface RuleFields {
  readonly kind: RuleKind
  /** A heading; empty for a column that is added. */
  readonly column: string
  readonly added: string
  readonly when: 'blank' | 'always'
  readonly from: string
  /** Further columns to join. */
  readonly from2: string
  readonly from3: string
  readonly separator: string
  readonly part: string
  readonly value: string
  /** A line for each word: what it is, “=”, and what it becomes. */
  readonly words: string
  readonly what: string
}

/** What is wrong with a field. */
export interface RuleProblem {
  readonly field: keyof RuleFields
  readonly message: string
}

/** The rule that a form amounts to, or what is wrong with it. */
export function readRuleForm(
  fields: RuleFields,
):
  | { readonly ok: true; readonly rule: FillingRule }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] } {
  const problems = problemsOf(fields)
  if (problems.length > 0) return { ok: false, problems }
  const parsed = FILLING_RULE.safeParse(asRule(fields))
  return parsed.success
    ? { ok: true, rule: parsed.data }
    : {
        ok: false,
        problems: [{ field: fields.column === '' ? 'added' : 'column', message: NOT_USABLE }],
      }
}

const ONE_PERSONS =
  'Take out email addresses, telephone and NHS numbers: a rule is for many rows, and these are one person’s'

const NOT_USABLE = 'This rule cannot be used so: use fewer characters, or another heading'

function problemsOf(fields: RuleFields): RuleProblem[] {
  const { kind, column, added, from, from2, part, value, words, separator, what } = fields
  const problems: RuleProblem[] = []
  const demand = (is: boolean, field: keyof RuleFields, message: string): void => {
    if (!is) problems.push({ field, message })
  }
  for (const [field, typed] of [
    ['added', [added]],
    ['value', [value]],
    ['words', (readPairs(words) ?? []).flatMap((pair) => [pair.word, pair.becomes])],
  ] as const)
    demand(!typed.some(looksLikeIdentifier), field, ONE_PERSONS)
  const isOfOwn = kind === 'translate' || kind === 'copy-above'
  if (isOfOwn) demand(column !== '', 'column', 'Choose the column')
  else if (column === '')
    demand(added.trim() !== '', 'added', 'Choose a column above, or give the new one a heading')
  else demand(added.trim() === '', 'added', 'Leave this empty, or choose a new column above')
  if (['look-up', 'take-from', 'split', 'join', 'derive'].includes(kind))
    demand(from !== '', 'from', 'Choose the column to take it from')
  if (kind === 'join') demand(from2 !== '', 'from2', 'Choose the second column to join')
  if (kind === 'split') {
    demand(
      SEPARATORS.has(separator) && separator !== 'nothing',
      'separator',
      'Choose the separator',
    )
    demand(part === 'last' || /^[1-9][0-9]?$/.test(part), 'part', 'Choose which part')
  }
  if (kind === 'join') demand(SEPARATORS.has(separator), 'separator', 'Choose the separator')
  if (kind === 'derive') demand(what !== '', 'what', 'Choose what to find')
  if (kind === 'default') demand(value.trim() !== '', 'value', 'Type the words to put in')
  if (kind === 'look-up' || kind === 'translate') {
    const pairs = readPairs(words)
    demand(
      pairs !== undefined && pairs.length > 0,
      'words',
      'Type a line for each word, such as: Old Library = SW9 8AA',
    )
    const isEmpty = kind === 'look-up' && pairs?.some(({ becomes }) => becomes === '') === true
    demand(!isEmpty, 'words', 'Type what each word stands for, after “=”')
  }
  return problems
}

/** Separators by what a form calls them. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['comma', ','],
  ['space', ' '],
  ['semicolon', ';'],
  ['slash', '/'],
  ['hyphen', '-'],
  ['bar', '|'],
  ['nothing', ''],
])

/** The choices of a separator. */
export const SEPARATOR_WORDS = [
  { value: 'comma', text: 'Comma' },
  { value: 'space', text: 'Space' },
  { value: 'semicolon', text: 'Semicolon' },
  { value: 'slash', text: 'Slash' },
  { value: 'hyphen', text: 'Hyphen' },
  { value: 'bar', text: 'Vertical bar' },
  { value: 'nothing', text: 'Nothing' },
] as const

function asRule(fields: RuleFields): unknown {
  const { kind, from, value, what } = fields
  const column = fields.column === '' ? fields.added.trim() : fields.column
  const when = fields.when === 'always' ? { when: 'always' } : {}
  const separator = SEPARATORS.get(fields.separator) ?? ''
  switch (kind) {
    case 'default':
      return { kind, column, ...when, value: value.trim() }
    case 'look-up':
      return { kind, column, ...when, from, words: readPairs(fields.words) }
    case 'translate':
      return { kind, column, words: readPairs(fields.words) }
    case 'copy-above':
      return { kind, column }
    case 'take-from':
      return { kind, column, ...when, from }
    case 'split': {
      const part = fields.part === 'last' ? 'last' : Number(fields.part)
      return { kind, column, ...when, from, separator, part }
    }
    case 'join': {
      const columns = [from, fields.from2, fields.from3].filter((heading) => heading !== '')
      return { kind, column, ...when, from: columns, separator }
    }
    case 'derive':
      return { kind, column, ...when, from, what }
  }
}

/** Undefined where a line is no pair, or there are too many. */
function readPairs(text: string): WordPair[] | undefined {
  const lines = text
    .split(/\r\n|\r|\n/, FILLING_LIMITS.words + 1)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length > FILLING_LIMITS.words) return undefined
  const pairs = lines.map((line) => {
    const at = line.indexOf('=')
    return { word: line.slice(0, Math.max(0, at)).trim(), becomes: line.slice(at + 1).trim() }
  })
  return pairs.some(({ word }) => word === '') ? undefined : pairs
}
