import type { InventedRecord } from './invented-records.ts'

/**
 * A programme's records with cells of every size: many, few, one and none, doubtful people, and a
 * service without a second file.
 */
export function inventProgramme(): InventedRecord[] {
  const records: InventedRecord[] = []
  let person = 1000
  const add = (
    count: number,
    service: string,
    quarters: readonly string[],
    own: Partial<InventedRecord> = {},
  ): void => {
    for (let index = 0; index < count; index++) {
      person += 1
      for (const [turn, quarter] of quarters.entries()) {
        // Every fifth person is two for the upper bound.
        const doubtful = person % 5 === 0 && turn > 0
        records.push({
          beneficiary: person,
          upper: doubtful ? person + 500_000 : person,
          lower: person,
          family: Math.floor(person / 3),
          nhs: person % 2 === 0 ? person : null,
          service,
          quarter,
          role: 'child',
          ward: ['east', 'north', 'west'][person % 3] ?? null,
          inArea: 'yes',
          gender: person % 2 === 0 ? 'F' : 'M',
          ethnicity: person % 7 === 0 ? null : 'A',
          birth: '2022-05',
          contacts: 2,
          ...own,
        })
      }
    }
  }
  add(60, 'baby-club', ['2024-Q1', '2024-Q2'])
  add(13, 'baby-club', ['2024-Q2'], { role: 'parent', birth: '1990' })
  add(40, 'talk-time', ['2024-Q1'])
  add(3, 'talk-time', ['2024-Q2'], { ward: null, inArea: 'no', gender: 'X' })
  add(9, 'wise-meals', ['2024-Q1'], { ward: null, inArea: 'unknown', gender: 'unknown' })
  add(5, 'wise-meals', ['2024-Q1'], { contacts: 0 })
  return records
}
