import type { PeopleFieldName } from '#core/standard/fields.ts'
import { SLOT } from '#core/standard/fields.ts'
import type { FieldComponentName } from '#core/pseudonym/identifiers.ts'
import type { Check, ExampleRow } from './check.ts'

/**
 * The rules about cells that cannot be used and are plainly something of another column: of a row whose
 * cells were exchanged or moved, each would be no more than a value that is missing.
 */

const EMAIL = /^[^\s@,;]+@[^\s@,;]+$/
const POSTCODE = /^[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}$/i
const MOBILE = /^(?:[+]44|0044|0)[ -]?7(?:[ -]?[0-9]){9}$/
const DATE = /^[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{2}|[0-9]{4})$|^[0-9]{4}-[0-9]{2}-[0-9]{2}/
const GENDER = /^(?:m|f|male|female|boy|girl)$/i

interface Stray {
  readonly field: PeopleFieldName
  readonly component: FieldComponentName
  readonly others: readonly RegExp[]
  readonly pass: ExampleRow
  readonly fail: ExampleRow
}

const STRAY: readonly Stray[] = [
  {
    ...{ field: 'postcode', component: 'postcode', others: [EMAIL, MOBILE, DATE, GENDER] },
    ...{ pass: { postcode: 'SE11' }, fail: { postcode: 'Female' } },
  },
  {
    ...{ field: 'mobile', component: 'mobile', others: [EMAIL, POSTCODE, DATE, GENDER] },
    ...{ pass: { mobile: '12345' }, fail: { mobile: 'a@mail.leap.test' } },
  },
  {
    ...{ field: 'email', component: 'email', others: [POSTCODE, MOBILE, DATE, GENDER] },
    ...{ pass: { email: 'none' }, fail: { email: '07700 900123' } },
  },
  {
    ...{
      field: 'nhs_number',
      component: 'nhsNumber',
      others: [EMAIL, POSTCODE, MOBILE, DATE, GENDER],
    },
    ...{ pass: { nhs_number: '943 476 5910' }, fail: { nhs_number: '01/06/2019' } },
  },
  {
    ...{ field: 'carer_mobile', component: 'carerMobile', others: [EMAIL, POSTCODE, DATE, GENDER] },
    ...{ pass: { carer_mobile: '12345' }, fail: { carer_mobile: 'SE11 6AB' } },
  },
  {
    ...{ field: 'carer_email', component: 'carerEmail', others: [POSTCODE, MOBILE, DATE, GENDER] },
    ...{ pass: { carer_email: 'none' }, fail: { carer_email: '+44 7700 900123' } },
  },
]

/** Every rule about a value that stands in the place of another. */
export const STRAY_CHECKS: readonly Check[] = STRAY.map(
  ({ field, component, others, pass, fail }): Check => ({
    code: 'value-of-other-column',
    field,
    severity: 'confirm',
    from: '2015-Q1',
    source: 'Standard, version 1: each field has a column of its own',
    check: ({ identifiers, cells }) => {
      const { code, value } = identifiers.components[component]
      if (code === '' || value !== '') return false
      const cell = (cells[SLOT[field]] ?? '').trim()
      return cell !== '' && others.some((other) => other.test(cell))
    },
    examples: { pass: [pass], fail: [fail] },
  }),
)
