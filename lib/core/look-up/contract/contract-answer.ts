import type { AnswerRow, AnswerSource } from '#core/look-up/asking/answer.ts'
import { inWords } from '#core/look-up/asking/detail-lines.ts'
import type { Involvement, StaffContact } from '#core/look-up/rules/decide-shown.ts'
import { detailFields, STAFF_FIELDS } from '#core/standard/feeds/feed-fields.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'

/** What a look-up shows, in the words of the published contract. */

/** A person of a look-up by the id of the contract: `LU-2222-2222-2.1`. */
export interface ContractPerson {
  readonly reference: string
  readonly person: number
}

/** Reads the id of a person; undefined where it is none. */
export function readPersonId(text: string): ContractPerson | undefined {
  const [, reference, person] = /^([A-Z0-9-]{1,20})\.([1-9][0-9]?|100)$/.exec(text) ?? []
  return reference === undefined ? undefined : { reference, person: Number(person) }
}

/** A source, and whether it has records. */
export interface ServiceSummary {
  readonly id: string
  readonly title: string
  readonly lastSynchronised?: string
  readonly coverageStartDate: string
  readonly coverageEndDate?: string
  readonly dataSource: string
  readonly recordsAvailable: boolean
}

/** A row of an answer, as the contract summarises it. */
export function summariseService({ source, shown }: AnswerRow): ServiceSummary {
  const { code, name, provider, coverage, asOf } = source
  return {
    ...{ id: code, title: name },
    ...(asOf === null ? {} : { lastSynchronised: `${asOf}T00:00:00Z` }),
    coverageStartDate: coverage.from,
    ...(coverage.to === null ? {} : { coverageEndDate: coverage.to }),
    ...{ dataSource: provider, recordsAvailable: shown === 'records' },
  }
}

/** One property of what a source says: its title, and its value. */
interface Property {
  readonly title: string
  readonly value: string | object
}

/** What a source says of a person, once it was opened; undefined where it shows nothing. */
export function detailService(row: AnswerRow):
  | {
      readonly summary: ServiceSummary
      readonly schema: object
      readonly data: Readonly<Record<string, unknown>>
    }
  | undefined {
  const [first, ...further] = row.opened ?? []
  if (first === undefined) return undefined
  const properties = propertiesOf(row.source, first)
  const others = further.map((involvement) => valuesOf(propertiesOf(row.source, involvement)))
  return {
    summary: summariseService(row),
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, { title, value }]) => [
          name,
          { title, type: typeof value === 'string' ? 'string' : typeOf(value) },
        ]),
      ),
    },
    data: {
      ...valuesOf(properties),
      ...(others.length === 0 ? {} : { furtherInvolvements: others }),
    },
  }
}

function typeOf(value: object): 'array' | 'object' {
  return Array.isArray(value) ? 'array' : 'object'
}

function valuesOf(properties: Readonly<Record<string, Property>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value]))
}

/** Without blanks. Police say whether they are involved, and others since when. */
function propertiesOf(
  { kind }: Pick<AnswerSource, 'kind'>,
  { state, startDate, lastDate, endDate, staff, details }: Involvement,
): Readonly<Record<string, Property>> {
  const involved = kind === 'police' ? (state === 'current' ? 'yes' : 'no') : state
  const offences = offencesOf(details)
  const all: readonly (readonly [name: string, property: Property])[] = [
    ['serviceInvolvement', { title: 'Service involvement', value: involved }],
    ['contact', { title: 'Contact', value: contactOf(staff) }],
    ['startDateOfLastInvolvement', { title: 'Start of last involvement', value: startDate }],
    ['dateOfMostRecentInteraction', { title: 'Date of most recent interaction', value: lastDate }],
    ['endDate', { title: 'End of involvement', value: endDate }],
    ...furtherOf(kind, details),
    ['offences', { title: 'Recent offence', value: offences }],
  ]
  return Object.fromEntries(
    all.filter(([, { value }]) => value !== '' && Object.keys(value).length > 0),
  )
}

/** Fields that are properties of something else, or have other names in the contract. */
const OFFENCE = /^offence_([1-3])_(date|type|standing)$/
const NAMES: Readonly<Record<string, string>> = { police_area: 'policeStation' }

function furtherOf(
  kind: FeedKind,
  details: Involvement['details'],
): readonly (readonly [string, Property])[] {
  return detailFields(kind)
    .filter(({ name }) => !OFFENCE.test(name))
    .map((field) => {
      const held = details[field.name] ?? ''
      const value = field.codes === 'open-or-closed' ? openOrClosed(held) : inWords(field, held)
      return [NAMES[field.name] ?? camelled(field.name), { title: field.label, value }] as const
    })
}

/** The contract has no third value: what never was is left out. */
function openOrClosed(code: string): string {
  return code === 'open' || code === 'closed' ? code : ''
}

function offencesOf(details: Involvement['details']): readonly object[] {
  return [1, 2, 3].flatMap((place) => {
    const told = (part: string): string => {
      const name = `offence_${String(place)}_${part}`
      const field = detailFields('police').find((each) => each.name === name)
      return field === undefined ? '' : inWords(field, details[name] ?? '')
    }
    const offence = withoutBlanks({
      dateOfOffence: told('date'),
      typeOfOffence: told('type'),
      natureOfInvolvement: told('standing'),
    })
    return Object.keys(offence).length === 0 ? [] : [offence]
  })
}

function contactOf({ name, email, phone, role, team }: StaffContact): object {
  const roleField = STAFF_FIELDS.find((field) => field.name === 'staff_role')
  const words = roleField === undefined ? role : inWords(roleField, role)
  return withoutBlanks({ name, email, phone, role: words, team })
}

function withoutBlanks(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
}

function camelled(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
