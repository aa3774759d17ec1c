import { describe, expect, test } from 'vitest'
import { ACORN, BRIDGE, csvOf, settingOfFile, range, upload } from './journey-setting.ts'

/** Who sends which file where; each file is another. */
const SENDERS = Array.from({ length: 50 }, (_, index) => ({
  bytes: csvOf(range(index * 3, index * 3 + 2)),
  actor: index % 2 === 0 ? ACORN : BRIDGE,
  service: index % 2 === 0 ? 'stay-and-play' : 'health-visiting',
  quarter: `2024-Q${String((Math.floor(index / 2) % 4) + 1)}`,
}))

describe('fifty who upload at once', () => {
  const setting = settingOfFile()

  test('are each answered, and each service and quarter goes on with one file, the others put aside and erased', async () => {
    const answers = await Promise.all(SENDERS.map(({ bytes, ...to }) => upload(setting, bytes, to)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(50)
    const { rows: open } = await setting.owner.pool.query<{ place: string; files: number }>(
      `select service_code || ' ' || quarter as place, count(*)::int as files
         from submission where state not in ('rejected', 'withdrawn') group by 1`,
    )
    expect(open).toHaveLength(8)
    expect(open.every(({ files }) => files === 1)).toBe(true)
    const { rows: aside } = await setting.owner.pool.query<{ reason: string; held: boolean }>(
      `select reason, file_id is not null as held from submission where state = 'rejected'`,
    )
    expect(aside).toHaveLength(42)
    expect(aside.every(({ reason, held }) => reason === 'discarded' && !held)).toBe(true)
    const counted = await setting.owner.pool.query('select from upload_attempt where taken')
    expect(counted.rowCount).toBe(50)
  })

  test('the same file is one submission, however many send it', async () => {
    const bytes = csvOf(range(200, 210))
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => upload(setting, bytes, { service: 'toy-library' })),
    )
    const references = new Set(
      answers.map((answer) => (answer.ok ? answer.reference : answer.code)),
    )
    expect(references.size).toBe(1)
  })
})
