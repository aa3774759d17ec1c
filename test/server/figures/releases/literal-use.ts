import type { CellGroup, Span } from '#core/disclosure/lattice.ts'
import type { Aspect } from '#core/disclosure/released-use.ts'
import { isReachedRecord, STRAND_OF, type InventedRecord } from './invented-records.ts'

/** The figures of use by their definition, cell by cell; no scores are among the invented records. */
export function countUseLiterally(
  records: readonly InventedRecord[],
  group: CellGroup & { readonly attribute: Aspect },
  quarter: string,
  span: Span,
): number {
  const people = new Set(records.map(({ beneficiary }) => beneficiary))
  const ofQuarter = records.filter((record) => record.quarter === quarter)
  const count = (isIn: (own: readonly InventedRecord[]) => boolean, among = ofQuarter): number =>
    [...people].filter((person) => isIn(among.filter(({ beneficiary }) => beneficiary === person)))
      .length
  if (group.attribute === 'activities') {
    if (span === 'start') return 0
    const within = records.filter((record) =>
      span === 'quarter'
        ? record.quarter === quarter
        : record.quarter.slice(0, 4) === quarter.slice(0, 4) && record.quarter <= quarter,
    )
    const inScope = within.filter(
      ({ service }) =>
        group.scope === 'all' ||
        (group.scope === 'service' ? service : STRAND_OF[service]) === group.scopeCode,
    )
    return count(
      (own) =>
        own.some(
          (record) =>
            isReachedRecord(record) &&
            own.some(
              (other) =>
                other.attended === true &&
                other.service === record.service &&
                other.quarter === record.quarter,
            ),
        ),
      inScope,
    )
  }
  if (span !== 'quarter') return 0
  if (group.attribute === 'declined') {
    return count((own) => ofServices(own).some((use) => statusOf(use) === 'declined'))
  }
  if (group.attribute !== 'contacts' && group.attribute !== 'ending') return 0
  return count((own) => {
    const uses = ofServices(own).filter((use) => use.some(isReachedRecord))
    if (uses.length === 0) return false
    const endings = uses.map(statusOf)
    const contacts = uses.flat().reduce((sum, record) => sum + record.contacts, 0)
    const ending = endings.includes('completed')
      ? 'completed'
      : endings.includes('left_early')
        ? 'left-early'
        : 'went-on'
    const value = group.attribute === 'ending' ? ending : bandOf(contacts)
    return value === group.attributeValue
  })
}

function ofServices(own: readonly InventedRecord[]): InventedRecord[][] {
  return [...Map.groupBy(own, ({ service }) => service).values()]
}

function statusOf(use: readonly InventedRecord[]): string | undefined {
  const order = ['active', 'waiting', 'completed', 'left_early', 'declined']
  return order.find((status) => use.some((record) => record.status === status))
}

function bandOf(contacts: number): string {
  if (contacts < 2) return String(contacts)
  if (contacts < 4) return '2-3'
  return contacts < 8 ? '4-7' : '8-more'
}
