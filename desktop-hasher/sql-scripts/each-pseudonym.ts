/**
 * What a script does for each pseudonym, from the one list of them: a line of a part that holds
 * `{column}` stands for a line for each, in their order, with the line after it where it ends in
 * `{+}`. `{kind}`, `{components}`, `{blank if}` and `{child only}` are of the same pseudonym, `{,}`
 * is a comma but for the last.
 */
import type { ComponentName } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS, type DescribedPseudonym } from '#core/pseudonym/kinds.ts'

/** How a database writes what differs between the two. */
export interface SqlDialect {
  readonly isTrue: string
  readonly isFalse: string
  /** What stands before the name of a variable. */
  readonly sigil: '' | '@'
  /** The components of a client before its reference. */
  readonly clientOf: readonly string[]
  /** How many components a function takes; those that a kind lacks are null. */
  readonly width?: number
}

/** A part with what it does for each pseudonym written out. */
export function forEachPseudonym(part: string, dialect: SqlDialect): string {
  return part
    .split(/(?<!\{\+\})\n/)
    .flatMap((lines) => (lines.includes('{column}') ? writeOut(lines, dialect) : [lines]))
    .join('\n')
}

function writeOut(lines: string, dialect: SqlDialect): string[] {
  return PSEUDONYM_COLUMNS.map((pseudonym, index) => {
    const isLast = index === PSEUDONYM_COLUMNS.length - 1
    const of: Readonly<Record<string, string>> = {
      column: pseudonym.column,
      kind: pseudonym.kind,
      components: listOf(componentsOf(pseudonym, dialect), dialect),
      'blank if': listOf(
        blankIf(pseudonym).map((name) => variable(name, dialect)),
        dialect,
      ),
      'child only': pseudonym.childOnly === true ? dialect.isTrue : dialect.isFalse,
      ',': isLast ? '' : ',',
    }
    const written = lines.replaceAll('{+}\n', '\n')
    return written.replace(
      /\{([a-z ,]+)\}/g,
      (placeholder, name: string) => of[name] ?? placeholder,
    )
  })
}

function componentsOf({ kind, components }: DescribedPseudonym, dialect: SqlDialect): string[] {
  const own = components.map((name) => variable(name, dialect))
  return kind === 'client' ? [...dialect.clientOf, ...own] : own
}

/**
 * The components whose codes a blank pseudonym has, the first first. An alternate is blank where
 * the pseudonym that it is an alternate of is, and for its reason.
 */
function blankIf({ components, alternateOf }: DescribedPseudonym): ComponentName[] {
  const before = PSEUDONYM_COLUMNS.find(({ field }) => field === alternateOf)?.components ?? []
  // A first name is blank where its canonical spelling is.
  const others = components.filter((name) => !before.includes(name) && name !== 'first')
  return [...before, ...others]
}

function listOf(names: readonly string[], { width = names.length }: SqlDialect): string {
  return Array.from({ length: width }, (_, index) => names[index] ?? 'null').join(', ')
}

function variable(name: ComponentName, { sigil }: SqlDialect): string {
  return sigil + VARIABLES[name]
}

/** What both scripts call the components of a person. */
const VARIABLES: Readonly<Record<ComponentName, string>> = {
  clientRef: 'reference',
  nhsNumber: 'nhs',
  email: 'own_email',
  mobile: 'own_mobile',
  carerEmail: 'of_carer_email',
  carerMobile: 'of_carer_mobile',
  birthDate: 'birth',
  birthSwapped: 'swapped',
  gender: 'sex',
  postcode: 'place',
  first: 'first',
  firstThree: 'first3',
  firstCanonical: 'canonical',
  firstSound: 'first_heard',
  last: 'last',
  lastCanonical: 'last_canonical',
  lastSound: 'last_heard',
  firstPart: 'first_part',
  lastPart: 'last_part',
}
