import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { ComponentName, Components } from '../pseudonym/identifiers.ts'

/** What is wrong with a value that stands in the wrong column, as against a blank or a stand-in. */
const COLUMNS: readonly {
  readonly field: PeopleFieldName
  readonly component: ComponentName
  /** Codes that say nothing of the column: nothing was given, or something of its kind. */
  readonly harmless: ReadonlySet<string>
}[] = [
  {
    field: 'first_name',
    component: 'firstCanonical',
    harmless: new Set(['first-missing', 'first-placeholder']),
  },
  {
    field: 'last_name',
    component: 'last',
    harmless: new Set(['last-missing', 'last-placeholder', 'last-one-letter']),
  },
  {
    field: 'nhs_number',
    component: 'nhsNumber',
    harmless: new Set(['nhs-missing', 'nhs-placeholder', 'nhs-test']),
  },
  {
    field: 'email',
    component: 'email',
    harmless: new Set(['email-missing', 'email-placeholder']),
  },
  {
    field: 'mobile',
    component: 'mobile',
    harmless: new Set(['mobile-missing', 'mobile-placeholder', 'mobile-landline']),
  },
  {
    field: 'carer_email',
    component: 'carerEmail',
    harmless: new Set(['email-missing', 'email-placeholder']),
  },
  {
    field: 'carer_mobile',
    component: 'carerMobile',
    harmless: new Set(['mobile-missing', 'mobile-placeholder', 'mobile-landline']),
  },
  {
    field: 'postcode',
    component: 'postcode',
    harmless: new Set(['postcode-missing', 'postcode-placeholder']),
  },
]

/** Fewer values that cannot be used are slips, whatever their share. */
const FEW_VALUES = 4

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

  /** Fields of whose values more than half cannot be used. */
  fields(): PeopleFieldName[] {
    return COLUMNS.flatMap(({ field }, index) => {
      const good = this.#good[index] ?? 0
      const bad = this.#bad[index] ?? 0
      return bad >= FEW_VALUES && bad > good ? [field] : []
    })
  }
}
