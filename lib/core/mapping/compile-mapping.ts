import { CODE_LISTS } from '#core/standard/codes.ts'
import { codeKey } from '#core/standard/code-key.ts'
import type { CodeListName } from '#core/standard/code-list.ts'
import { SLOT, peopleField, type PeopleField, type PeopleFieldName } from '#core/standard/fields.ts'
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

/**
 * Why a mapping cannot be used with a file. Fields and columns are names, never values of a row.
 */
export interface MappingRefusal {
  readonly code:
    | 'mapping-column-missing'
    | 'mapping-column-ambiguous'
    | 'mapping-column-used-twice'
    | 'mapping-field-unknown'
    | 'mapping-field-not-for-shape'
    | 'mapping-field-mapped-twice'
    | 'mapping-field-missing'
    | 'mapping-constant-not-allowed'
    | 'mapping-code-not-in-list'
    | 'mapping-values-not-allowed'
    | 'mapping-split-unusable'
    | 'mapping-join-unusable'
    | 'mapping-filled-not-allowed'
    | 'mapping-of-other-kind'
    | 'mapping-scores-two-ways'
  readonly field: string
  readonly columns: readonly string[]
}

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
 * Pairs of fields that one column may rightly give: a family's surname, and dates that are the same
 * event.
 */
function mayShare(left: AnyField, right: AnyField): boolean {
  if (left.kind === 'date' && right.kind === 'date') return true
  return new Set([left.name, right.name, 'last_name', 'carer_last_name']).size === 2
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
  readonly refusals: MappingRefusal[] = []
  readonly #mapping: Mapping
  readonly #header: readonly string[]
  readonly #kind: FileKind
  readonly #shape: RowShape
  readonly #usedBy = new Map<number, AnyField[]>()
  readonly #columnOf = new Map<FieldName, string>()

  readonly #digests: WordDigests | undefined

  constructor(mapping: Mapping, header: readonly string[], digests: WordDigests | undefined) {
    this.#mapping = mapping
    this.#header = header
    this.#digests = digests
    this.#kind = mapping.kind ?? 'people'
    this.#shape = shapeOfMapping(mapping)
  }

  plan(): MappingPlan {
    const slots: number[] = []
    const columns: number[] = []
    const codes: MappingPlan['codes'][number][] = []
    for (const [name, columnName] of Object.entries(this.#mapping.columns)) {
      const field = this.#take(name, columnName)
      const column = this.#column(columnName, name)
      if (field === undefined || column === undefined) continue
      this.#use(column, field)
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
    const carerColumns = [...this.#usedBy]
      .filter(([, fields]) => fields.every(isCarersOwn))
      .map(([column]) => column)
    const nameColumns = new Set(
      [...this.#usedBy].filter(([, fields]) => fields.every(isName)).map(([column]) => column),
    )
    const mappedColumns = [...this.#usedBy.keys()]
    const further = furtherColumns(this.#header)
    const unused = unusedPeople(this.#header, (column) => this.#usedBy.has(column))
    const isUnused = (column: number) => !this.#usedBy.has(column)
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
        (column) => this.#usedBy.has(column),
        (field) => this.#columnOf.has(field),
      ),
      ignoredContacts: distinct([...further.contacts.filter(isUnused), ...unused.contacts]),
      carerColumns,
      nameColumns,
      columnOf: this.#columnOf,
      slotsOf: this.#header.map((_, column) =>
        slotBits(peopleNames(this.#usedBy.get(column) ?? [])),
      ),
      sharedSlots,
      filledFields: this.#filledFields(),
      fieldOf: new Map(
        [...this.#usedBy].flatMap(([column, [field]]) =>
          field === undefined ? [] : [[column, field.name]],
        ),
      ),
    }
  }

  /** Columns of scores; their days may stand once for several of them. */
  #wide(): WidePlan[] {
    const { scores = [] } = this.#mapping
    if (scores.length > 0 && this.#kind !== 'outcomes')
      this.#refuse('mapping-field-not-for-shape', 'score', [])
    const inLongForm =
      scores.length === 0 ? [] : LONG_FORM.filter((name) => this.#columnOf.has(name))
    for (const name of inLongForm) this.#refuse('mapping-scores-two-ways', name, [])
    return scores.flatMap(({ column, date, measure, subScale = '', timePoint }) => {
      const at = this.#column(column, 'score')
      const dateAt = this.#column(date, 'score_date')
      if (at === undefined || dateAt === undefined) return []
      for (const [used, name] of [
        [at, 'score'],
        [dateAt, 'score_date'],
      ] as const) {
        const field = fieldOfKind('outcomes', name)
        const others = this.#usedBy.get(used) ?? []
        const isAgain = name === 'score_date' && others.some((other) => other.name === name)
        if (field !== undefined && !isAgain) this.#use(used, field)
        this.#columnOf.set(name, used === at ? column : date)
      }
      return [{ column: at, dateColumn: dateAt, measure, subScale, timePoint }]
    })
  }

  #reader(list: CodeListName, field: FieldName): CodeReader {
    return new CodeReader(list, valuesOfField(this.#mapping, field), this.#digests)
  }

  #splits(): SplitPlan[] {
    const splits: SplitPlan[] = []
    for (const [columnName, names] of Object.entries(this.#mapping.split ?? {})) {
      const isAddress = names.length === 1 && names[0] === 'postcode'
      const pair = namePair(names)
      if (pair === undefined && !isAddress) {
        this.#refuse('mapping-split-unusable', names.join(', '), [columnName])
        continue
      }
      const fields = names.map((name) => this.#take(name, columnName))
      const column = this.#column(columnName, names.join(', '))
      if (column === undefined) continue
      for (const field of fields) if (field !== undefined) this.#use(column, field, true)
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
      const field = this.#take(name, columnNames[0] ?? '')
      if (field === undefined) continue
      const isDate = field.kind === 'date' || field.name.endsWith('date_of_birth')
      if (
        field.codes !== undefined ||
        (isDate && columnNames.length !== 3) ||
        columnNames.length < 2
      ) {
        this.#refuse('mapping-join-unusable', name, columnNames)
        continue
      }
      const columns = columnNames.map((columnName) => this.#column(columnName, name))
      const found = columns.filter((column) => column !== undefined)
      if (found.length < columns.length) continue
      for (const column of found) this.#use(column, field, true)
      joins.push({ slot: slotOfField(field.name), columns: found, separator: isDate ? '/' : ' ' })
    }
    return joins
  }

  #constants(): { slot: number; value: string }[] {
    const constants: { slot: number; value: string }[] = []
    for (const [name, value] of Object.entries(this.#mapping.constants ?? {})) {
      const field = this.#take(name, '')
      if (field === undefined) continue
      if (field.kind === 'identifier') {
        this.#refuse('mapping-constant-not-allowed', name, [])
        continue
      }
      const code =
        field.codes === undefined ? value : this.#reader(field.codes, field.name).read(value)
      const isListed =
        field.codes === undefined ||
        (code !== undefined && CODE_LISTS[field.codes].codes.some((listed) => listed.code === code))
      if (code === undefined || !isListed) this.#refuse('mapping-code-not-in-list', name, [])
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
      if (field === undefined) this.#refuse('mapping-field-unknown', name, [])
      else if (field.codes === undefined) this.#refuse('mapping-values-not-allowed', name, [])
      else {
        const codes = new Set(CODE_LISTS[field.codes].codes.map(({ code }) => code))
        if (Object.values(values).some((code) => code !== '' && !codes.has(code))) {
          this.#refuse('mapping-code-not-in-list', name, [])
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
    for (const [column, fields] of this.#usedBy) {
      const heading = this.#header[column] ?? ''
      const origins = originsIn(heading)
      for (const { name } of fields) {
        if (isOwnField(name)) continue
        if (isRefusedOf(name, origins)) this.#refuse('mapping-filled-not-allowed', name, [heading])
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
    return [...this.#usedBy].flatMap(([column, fields]) =>
      filled.has(column) ? peopleNames(fields) : [],
    )
  }

  #checkRequired(): void {
    const isChildren =
      this.#shape === 'child-and-carer' || this.#mapping.constants?.['role'] === 'child'
    const required: FieldName[] = this.#ownRequired()
    if (this.#mapping.reference === undefined) {
      if (!this.#countsHeads) required.push('client_ref')
    } else if (this.#columnOf.has('client_ref'))
      this.#refuse('mapping-field-mapped-twice', 'client_ref', [])
    else {
      required.push('first_name', 'last_name', 'date_of_birth')
      // Made of these, so a row that lacks one has none.
      this.#columnOf.set('client_ref', '')
    }
    const isOfChildren = isChildren && !this.#countsHeads
    if (isOfChildren && !required.includes('date_of_birth')) required.push('date_of_birth')
    if (this.#shape === 'contacts') required.push('contact_date')
    for (const name of required)
      if (!this.#columnOf.has(name)) this.#refuse('mapping-field-missing', name, [])
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
    const has = (name: FieldName) => this.#columnOf.has(name)
    const isNamed = has('client_ref') || has('first_name') || has('nhs_number')
    return this.#kind === 'activities' && !isNamed && (has('adults') || has('children'))
  }

  /** The field called `name`, claimed; undefined when it cannot be, with the reason noted. */
  #take(name: string, columnName: string): AnyField | undefined {
    const field = fieldOfKind(this.#kind, name)
    if (field === undefined) this.#refuse('mapping-field-unknown', name, [])
    else if (this.#kind === 'people' && !isOwn(field) && !isForShape(field, this.#shape))
      this.#refuse('mapping-field-not-for-shape', name, [])
    else if (this.#columnOf.has(field.name)) this.#refuse('mapping-field-mapped-twice', name, [])
    else {
      this.#columnOf.set(field.name, columnName)
      return field
    }
    return undefined
  }

  #use(column: number, field: AnyField, mayRepeat = false): void {
    const fields = this.#usedBy.get(column)
    if (fields === undefined) {
      this.#usedBy.set(column, [field])
      return
    }
    const clash = fields.find(
      (other) => !mayShare(other, field) && !(mayRepeat && isName(other) && isName(field)),
    )
    if (clash !== undefined)
      this.#refuse('mapping-column-used-twice', field.name, [this.#header[column] ?? ''])
    fields.push(field)
  }

  #column(name: string, field: string): number | undefined {
    const exact = this.#header.indexOf(name)
    if (exact >= 0) return exact
    const key = codeKey(name)
    const matches = this.#header.flatMap((column, index) =>
      codeKey(column) === key ? [index] : [],
    )
    if (matches.length === 1) return matches[0]
    this.#refuse(
      matches.length === 0 ? 'mapping-column-missing' : 'mapping-column-ambiguous',
      field,
      [name],
    )
    return undefined
  }

  #refuse(code: MappingRefusal['code'], field: string, columns: readonly string[]): void {
    this.refusals.push({ code, field, columns })
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

/** Whether rows of a shape have a field. */
export function isForShape(field: PeopleField, shape: RowShape): boolean {
  if (field.for === 'carer') return shape === 'child-and-carer'
  if (field.for === 'contact') return shape === 'contacts'
  // Contacts and the last of them are counted from the rows.
  return shape !== 'contacts' || (field.name !== 'contacts' && field.name !== 'last_contact_date')
}

function isOwn(field: AnyField): field is Exclude<AnyField, PeopleField> {
  return isOwnField(field.name)
}

function peopleNames(fields: readonly AnyField[]): PeopleFieldName[] {
  return fields.flatMap((field) => (isOwn(field) ? [] : [field.name]))
}

function isName(field: AnyField): boolean {
  return field.name.endsWith('first_name') || field.name.endsWith('last_name')
}

/** Carer cells, as docs/pseudonymisation.md counts them: the seven of the second set of columns. */
function isCarersOwn(field: AnyField): boolean {
  return field.name.startsWith('carer_')
}
