import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { Components, FieldComponentName } from '#core/pseudonym/identifiers.ts'

/** What is said of a value that was not given, or that is something of the column's kind. */
const HARMLESS_EMAIL: ReadonlySet<string> = new Set(['email-missing', 'email-placeholder'])
const HARMLESS_MOBILE: ReadonlySet<string> = new Set([
  'mobile-missing',
  'mobile-placeholder',
  'mobile-landline',
])
const HARMLESS_FIRST: ReadonlySet<string> = new Set(['first-missing', 'first-placeholder'])
const HARMLESS_LAST: ReadonlySet<string> = new Set(['last-missing', 'last-placeholder'])
const HARMLESS_NHS: ReadonlySet<string> = new Set(['nhs-missing', 'nhs-placeholder', 'nhs-test'])
const HARMLESS_POSTCODE: ReadonlySet<string> = new Set(['postcode-missing', 'postcode-placeholder'])

/** Columns that are looked at, and the codes that say nothing against them. */
const COLUMNS: readonly {
  readonly field: PeopleFieldName
  readonly component: FieldComponentName
  readonly harmless: ReadonlySet<string>
}[] = [
  { field: 'first_name', component: 'firstCanonical', harmless: HARMLESS_FIRST },
  { field: 'last_name', component: 'last', harmless: HARMLESS_LAST },
  { field: 'nhs_number', component: 'nhsNumber', harmless: HARMLESS_NHS },
  { field: 'email', component: 'email', harmless: HARMLESS_EMAIL },
  { field: 'mobile', component: 'mobile', harmless: HARMLESS_MOBILE },
  { field: 'carer_email', component: 'carerEmail', harmless: HARMLESS_EMAIL },
  { field: 'carer_mobile', component: 'carerMobile', harmless: HARMLESS_MOBILE },
  { field: 'postcode', component: 'postcode', harmless: HARMLESS_POSTCODE },
]

/** Fewer values that cannot be used are slips, whatever their share. */
const FEW_VALUES = 4
/** One number in eleven passes its check by chance, and hardly anybody mistypes two. */
const FEW_NUMBERS = 2

/** Counts, of each identifier, the values that are none: names in a column of postcodes. */
export class UnusableValues {
  readonly #good = new Float64Array(COLUMNS.length)
  readonly #bad = new Float64Array(COLUMNS.length)

  add(components: Components): void {
    for (let index = 0; index < COLUMNS.length; index++) {
      const column = COLUMNS[index]
      if (column === undefined) continue
      const { code } = components[column.component]
      if (code === '') this.#good[index] = (this.#good[index] ?? 0) + 1
      else if (!column.harmless.has(code)) this.#bad[index] = (this.#bad[index] ?? 0) + 1
    }
  }

  /** Fields of whose values more than half cannot be used; of a few NHS numbers, all of them. */
  fields(): PeopleFieldName[] {
    return COLUMNS.flatMap(({ field }, index) => {
      const good = this.#good[index] ?? 0
      const bad = this.#bad[index] ?? 0
      const few = field === 'nhs_number' && good === 0 ? FEW_NUMBERS : FEW_VALUES
      return bad >= few && bad > good ? [field] : []
    })
  }
}
