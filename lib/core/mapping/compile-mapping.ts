import { CODE_LISTS } from '#core/standard/codes.ts'
import type { CodeListName } from '#core/standard/code-list.ts'
import { SLOT, peopleField, type PeopleFieldName } from '#core/standard/fields.ts'
import {
  fieldOfKind,
  fieldsOfKind,
  isOwnField,
  slotOfField,
  type AnyField,
  type FieldName,
  type FileKind,
} from '#core/standard/further-fields.ts'
import { isRefusedOf, isShared, originsOf } from '#core/filling/origins.ts'
import { columnNamed } from '#core/preparation/named-columns.ts'
import type { WordDigests } from '#core/remembered/word-digests.ts'
import { CodeReader } from './words/code-reader.ts'
import { FieldClaims, isName, isOwn, type MappingRefusal } from './field-claims.ts'
import { furtherColumns, unusedIdentifiers, unusedPeople } from './further-people.ts'
import type { Mapping, RowShape } from './mapping.ts'
import {
  RowMapper,
  namePair,
  type JoinPlan,
  type MappingPlan,
  type SplitPlan,
  type WidePlan,
} from './row-mapper.ts'

/** A mapping made ready for a file's rows, or every reason why it cannot be. */
export type CompiledMapping =
  | { readonly ok: true; readonly mapper: RowMapper }
  | { readonly ok: false; readonly refusals: readonly MappingRefusal[] }

/**
 * Makes a mapping ready for the rows below `header`. Headers are matched as they are, else by their
 * letters and digits; words that are remembered by their `digests`. A mapping of another `kind` of
 * file is refused.
 */
export function compileMapping(
  mapping: Mapping,
  header: readonly string[],
  digests?: WordDigests,
  kind: FileKind = 'people',
): CompiledMapping {
  if ((mapping.kind ?? 'people') !== kind)
    return { ok: false, refusals: [{ code: 'mapping-of-other-kind', field: '', columns: [] }] }
  const compiler = new Compiler(mapping, header, digests)
  const plan = compiler.plan()
  return compiler.refusals.length > 0
    ? { ok: false, refusals: compiler.refusals }
    : { ok: true, mapper: new RowMapper(plan) }
}

/** The row shape a mapping means when it does not name one: its fields say so. */
export function shapeOfMapping(mapping: Mapping): RowShape {
  if (mapping.kind !== undefined) return 'person'
  if (mapping.shape !== undefined) return mapping.shape
  const fields = [
    ...Object.keys(mapping.columns),
    ...Object.values(mapping.split ?? {}).flat(),
    ...Object.keys(mapping.join ?? {}),
  ]
  if (fields.includes('contact_date')) return 'contacts'
  return fields.some((name) => peopleField(name)?.for === 'carer') ? 'child-and-carer' : 'person'
}

/**
 * The values of a field; a carer's gender is written as the child's where it has no value of its
 * own.
 */
export function valuesOfField(mapping: Mapping, name: string): Readonly<Record<string, string>> {
  const { values = {} } = mapping
  const own = Object.hasOwn(values, name) ? (values[name] ?? {}) : {}
  return name === 'carer_gender' ? { ...values['gender'], ...own } : own
}

class Compiler {
  readonly #mapping: Mapping
  readonly #header: readonly string[]
  readonly #kind: FileKind
  readonly #shape: RowShape
  readonly #claims: FieldClaims
  readonly #digests: WordDigests | undefined

  constructor(mapping: Mapping, header: readonly string[], digests: WordDigests | undefined) {
    this.#mapping = mapping
    this.#header = header
    this.#digests = digests
    this.#kind = mapping.kind ?? 'people'
    this.#shape = shapeOfMapping(mapping)
    this.#claims = new FieldClaims(header, this.#kind, this.#shape)
  }

  get refusals(): readonly MappingRefusal[] {
    return this.#claims.refusals
  }

  plan(): MappingPlan {
    const slots: number[] = []
    const columns: number[] = []
    const codes: MappingPlan['codes'][number][] = []
    for (const [name, columnName] of Object.entries(this.#mapping.columns)) {
      const field = this.#claims.take(name, columnName)
      const column = this.#claims.column(columnName, name)
      if (field === undefined || column === undefined) continue
      this.#claims.use(column, field)
      if (field.codes !== undefined)
        codes.push({
          slot: slotOfField(field.name),
          column,
          reader: this.#reader(field.codes, field.name),
          own: isOwnField(field.name) ? field.name : undefined,
        })
      else {
        slots.push(slotOfField(field.name))
        columns.push(column)
      }
    }
    const splits = this.#splits()
    const joins = this.#joins()
    const constants = this.#constants()
    const wide = this.#wide()
    this.#checkValues()
    this.#checkRequired()
    const sharedSlots = this.#checkFilling()
    const carerColumns = [...this.#claims.usedBy]
      .filter(([, fields]) => fields.every(isCarersOwn))
      .map(([column]) => column)
    const nameColumns = new Set(
      [...this.#claims.usedBy]
        .filter(([, fields]) => fields.every(isName))
        .map(([column]) => column),
    )
    const mappedColumns = [...this.#claims.usedBy.keys()]
    const further = furtherColumns(this.#header)
    const unused = unusedPeople(this.#header, (column) => this.#claims.usedBy.has(column))
    const isUnused = (column: number) => !this.#claims.usedBy.has(column)
    return {
      kind: this.#kind,
      shape: this.#shape,
      derivesReference: this.#mapping.reference !== undefined,
      slots,
      columns,
      codes,
      wide,
      constants,
      splits,
      joins,
      mappedColumns,
      ignoredPeople: distinct([...further.people.filter(isUnused), ...unused.people]),
      unusedIdentifiers: unusedIdentifiers(
        this.#header,
        (column) => this.#claims.usedBy.has(column),
        (field) => this.#claims.columnOf.has(field),
      ),
      ignoredContacts: distinct([...further.contacts.filter(isUnused), ...unused.contacts]),
      carerColumns,
      nameColumns,
      columnOf: this.#claims.columnOf,
      slotsOf: this.#header.map((_, column) =>
        slotBits(peopleNames(this.#claims.usedBy.get(column) ?? [])),
      ),
      sharedSlots,
      filledFields: this.#filledFields(),
      fieldOf: new Map(
        [...this.#claims.usedBy].flatMap(([column, [field]]) =>
          field === undefined ? [] : [[column, field.name]],
        ),
      ),
    }
  }

  /** Columns of scores; their days may stand once for several of them. */
  #wide(): WidePlan[] {
    const { scores = [] } = this.#mapping
    if (scores.length > 0 && this.#kind !== 'outcomes')
      this.#claims.refuse('mapping-field-not-for-shape', 'score', [])
    const inLongForm =
      scores.length === 0 ? [] : LONG_FORM.filter((name) => this.#claims.columnOf.has(name))
    for (const name of inLongForm) this.#claims.refuse('mapping-scores-two-ways', name, [])
    return scores.flatMap(({ column, date, measure, subScale = '', timePoint }) => {
      const at = this.#claims.column(column, 'score')
      const dateAt = this.#claims.column(date, 'score_date')
      if (at === undefined || dateAt === undefined) return []
      for (const [used, name] of [
        [at, 'score'],
        [dateAt, 'score_date'],
      ] as const) {
        const field = fieldOfKind('outcomes', name)
        const others = this.#claims.usedBy.get(used) ?? []
        const isAgain = name === 'score_date' && others.some((other) => other.name === name)
        if (field !== undefined && !isAgain) this.#claims.use(used, field)
        this.#claims.columnOf.set(name, used === at ? column : date)
      }
      return [{ column: at, dateColumn: dateAt, measure, subScale, timePoint }]
    })
  }

  #reader(list: CodeListName, field: FieldName): CodeReader {
    const heading = this.#claims.columnOf.get(field)
    return new CodeReader(list, valuesOfField(this.#mapping, field), this.#digests, heading)
  }

  #splits(): SplitPlan[] {
    const splits: SplitPlan[] = []
    for (const [columnName, names] of Object.entries(this.#mapping.split ?? {})) {
      const isAddress = names.length === 1 && names[0] === 'postcode'
      const pair = namePair(names)
      if (pair === undefined && !isAddress) {
        this.#claims.refuse('mapping-split-unusable', names.join(', '), [columnName])
        continue
      }
      const fields = names.map((name) => this.#claims.take(name, columnName))
      const column = this.#claims.column(columnName, names.join(', '))
      if (column === undefined) continue
      for (const field of fields) if (field !== undefined) this.#claims.use(column, field, true)
      const first = pair?.first ?? SLOT.postcode
      splits.push({
        column,
        firstSlot: first,
        lastSlot: pair?.last ?? first,
        lastFirst: pair?.lastFirst ?? false,
        isAddress,
      })
    }
    return splits
  }

  #joins(): JoinPlan[] {
    const joins: JoinPlan[] = []
    for (const [name, columnNames] of Object.entries(this.#mapping.join ?? {})) {
      const field = this.#claims.take(name, columnNames[0] ?? '')
      if (field === undefined) continue
      const isDate = field.kind === 'date' || field.name.endsWith('date_of_birth')
      if (
        field.codes !== undefined ||
        (isDate && columnNames.length !== 3) ||
        columnNames.length < 2
      ) {
        this.#claims.refuse('mapping-join-unusable', name, columnNames)
        continue
      }
      const columns = columnNames.map((columnName) => this.#claims.column(columnName, name))
      const found = columns.filter((column) => column !== undefined)
      if (found.length < columns.length) continue
      for (const column of found) this.#claims.use(column, field, true)
      joins.push({ slot: slotOfField(field.name), columns: found, separator: isDate ? '/' : ' ' })
    }
    return joins
  }

  #constants(): { slot: number; value: string }[] {
    const constants: { slot: number; value: string }[] = []
    for (const [name, value] of Object.entries(this.#mapping.constants ?? {})) {
      const field = this.#claims.take(name, '')
      if (field === undefined) continue
      if (field.kind === 'identifier') {
        this.#claims.refuse('mapping-constant-not-allowed', name, [])
        continue
      }
      const code =
        field.codes === undefined ? value : this.#reader(field.codes, field.name).read(value)
      const isListed =
        field.codes === undefined ||
        (code !== undefined && CODE_LISTS[field.codes].codes.some((listed) => listed.code === code))
      if (code === undefined || !isListed) this.#claims.refuse('mapping-code-not-in-list', name, [])
      else constants.push({ slot: slotOfField(field.name), value: code })
    }
    return constants
  }

  /**
   * Value maps are for code fields, whose words are not personal; each must lead to a code of the
   * list, or to a blank.
   */
  #checkValues(): void {
    for (const [name, values] of Object.entries(this.#mapping.values ?? {})) {
      const field = fieldOfKind(this.#kind, name)
      if (field === undefined) this.#claims.refuse('mapping-field-unknown', name, [])
      else if (field.codes === undefined)
        this.#claims.refuse('mapping-values-not-allowed', name, [])
      else {
        const codes = new Set(CODE_LISTS[field.codes].codes.map(({ code }) => code))
        if (Object.values(values).some((code) => code !== '' && !codes.has(code))) {
          this.#claims.refuse('mapping-code-not-in-list', name, [])
        }
      }
    }
  }

  /**
   * Looks where the values of identifiers come from that rules fill; answers the fields in which a
   * rule may give several people the same value, a bit for the slot of each.
   */
  #checkFilling(): number {
    const originsIn = originsOf(this.#mapping.preparation?.filling)
    const shared: PeopleFieldName[] = []
    for (const [column, fields] of this.#claims.usedBy) {
      const heading = this.#header[column] ?? ''
      const origins = originsIn(heading)
      for (const { name } of fields) {
        if (isOwnField(name)) continue
        if (isRefusedOf(name, origins))
          this.#claims.refuse('mapping-filled-not-allowed', name, [heading])
        if (isShared(origins)) shared.push(name)
      }
    }
    return slotBits(shared)
  }

  /** Fields of columns that rules fill. */
  #filledFields(): PeopleFieldName[] {
    const { rules = [] } = this.#mapping.preparation?.filling ?? {}
    const filled = new Set(
      rules
        .filter(({ kind }) => kind !== 'translate')
        .map(({ column }) => columnNamed(this.#header, column)),
    )
    return [...this.#claims.usedBy].flatMap(([column, fields]) =>
      filled.has(column) ? peopleNames(fields) : [],
    )
  }

  #checkRequired(): void {
    const isChildren =
      this.#shape === 'child-and-carer' || this.#mapping.constants?.['role'] === 'child'
    const required: FieldName[] = this.#ownRequired()
    if (this.#mapping.reference === undefined) {
      if (!this.#countsHeads) required.push('client_ref')
    } else if (this.#claims.columnOf.has('client_ref'))
      this.#claims.refuse('mapping-field-mapped-twice', 'client_ref', [])
    else {
      required.push('first_name', 'last_name', 'date_of_birth')
      // Made of these, so a row that lacks one has none.
      this.#claims.columnOf.set('client_ref', '')
    }
    const isOfChildren = isChildren && !this.#countsHeads
    if (isOfChildren && !required.includes('date_of_birth')) required.push('date_of_birth')
    if (this.#shape === 'contacts') required.push('contact_date')
    for (const name of required)
      if (!this.#claims.columnOf.has(name)) this.#claims.refuse('mapping-field-missing', name, [])
  }

  /** What a file of a further kind must have beside the person. */
  #ownRequired(): FieldName[] {
    const isWide = this.#mapping.scores !== undefined
    return fieldsOfKind(this.#kind)
      .filter(({ name, required }) => isOwnField(name) && required === 'always' && !isWide)
      .map(({ name }) => name)
  }

  /** Rows of activities may count heads and name nobody. */
  get #countsHeads(): boolean {
    const has = (name: FieldName) => this.#claims.columnOf.has(name)
    const isNamed = has('client_ref') || has('first_name') || has('nhs_number')
    return this.#kind === 'activities' && !isNamed && (has('adults') || has('children'))
  }
}

/** What columns of scores say of themselves, so that no further column says it of a row. */
const LONG_FORM = ['measure', 'sub_scale', 'time_point', 'score_date', 'score'] as const

function distinct(columns: readonly number[]): number[] {
  return [...new Set(columns)]
}

function slotBits(fields: readonly PeopleFieldName[]): number {
  return fields.reduce((bits, field) => bits | (1 << SLOT[field]), 0)
}

function peopleNames(fields: readonly AnyField[]): PeopleFieldName[] {
  return fields.flatMap((field) => (isOwn(field) ? [] : [field.name]))
}

/** Carer cells, as docs/pseudonymisation.md counts them: the seven of the second set of columns. */
function isCarersOwn(field: AnyField): boolean {
  return field.name.startsWith('carer_')
}
