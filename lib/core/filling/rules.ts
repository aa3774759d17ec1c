/**
 * How gaps in the rows of a service's file are filled: rules as data, in the order in which they
 * are applied. They come after the shape of the table is settled and before its columns are
 * matched, so columns are named as they are then. Which rules may give an identifier:
 * docs/decisions/gap-filling.md.
 */
export interface Filling {
  /** Of this form; another form is another number. */
  readonly version: 1
  readonly rules: readonly FillingRule[]
}

/** The form that is written now. */
export const FILLING_VERSION = 1

/** One rule. Each fills the column that it names, which is added where the file has none. */
export type FillingRule =
  | DefaultRule
  | LookUpRule
  | TranslateRule
  | CopyRule
  | TakeRule
  | SplitRule
  | JoinRule
  | DeriveRule

export type RuleKind = FillingRule['kind']

interface Rule<Kind extends string> {
  readonly kind: Kind
  readonly column: string
}

/** A rule that says of cells that hold something whether they are given another value. */
interface FillingOrReplacing {
  /** Left out: only where the cell is blank. */
  readonly when?: 'always'
}

/** The same words in every row. */
export interface DefaultRule extends Rule<'default'>, FillingOrReplacing {
  readonly value: string
}

/** What the words of another column stand for. */
export interface LookUpRule extends Rule<'look-up'>, FillingOrReplacing {
  readonly from: string
  readonly words: readonly WordPair[]
}

/** Other words for the column's own; those that are not listed stay. */
export interface TranslateRule extends Rule<'translate'> {
  readonly words: readonly WordPair[]
}

/** What the row above has. A blank row ends what is copied, and so does a row that is left out. */
export type CopyRule = Rule<'copy-above'>

/** What another column of the row has. */
export interface TakeRule extends Rule<'take-from'>, FillingOrReplacing {
  readonly from: string
}

/** A part of another column, which a separator takes apart. */
export interface SplitRule extends Rule<'split'>, FillingOrReplacing {
  readonly from: string
  readonly separator: string
  /** Counted from 1. */
  readonly part: number | 'last'
}

/** Several columns with a separator between them; blank ones are passed over. */
export interface JoinRule extends Rule<'join'>, FillingOrReplacing {
  readonly from: readonly string[]
  readonly separator: string
}

/** What is found within the text of another column. */
export interface DeriveRule extends Rule<'derive'>, FillingOrReplacing {
  readonly from: string
  readonly what: Derivation
}

/** What can be found within a text: the one there is; where there are two, nothing is found. */
export const DERIVATIONS = [
  'postcode-in-address',
  'email-in-text',
  'mobile-in-text',
  'month-in-text',
] as const

export type Derivation = (typeof DERIVATIONS)[number]

/** Words, compared without case and without spaces at their ends, and what stands in their place. */
export interface WordPair {
  readonly word: string
  readonly becomes: string
}

/** What a list of rules may come to. */
export const FILLING_LIMITS = {
  rules: 50,
  heading: 200,
  /** Characters of a word, and of a value that a rule gives: a longer one is not given. */
  value: 1000,
  words: 500,
  joined: 6,
  separator: 5,
  part: 20,
} as const

/** The other columns that a rule reads. */
export function columnsRead(rule: FillingRule): readonly string[] {
  if (!('from' in rule)) return []
  return typeof rule.from === 'string' ? [rule.from] : rule.from
}
