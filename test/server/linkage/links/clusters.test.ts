import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureClusters } from '#server/linkage/links/measure-clusters.ts'
import { child, csv } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { openScreenSetting, type ScreenSetting } from '../../portal/screens/screen-setting.ts'

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())

describe('linkage against a known truth', () => {
  test('finds clients of the last file, whose evidence is still in the small table', async () => {
    const { store, owner } = setting
    const rows = [child(70), child(71)]
    await take(store, {
      service: 'toy-library',
      quarter: '2024-Q2',
      bytes: csv(rows),
      choices: { confirm: true },
    })
    const recent = await owner.query('select from recent_evidence_production limit 1')
    expect(recent.rowCount).toBe(1)
    const clients = rows.map(({ client_ref: clientRef = '' }, index) => ({
      service: 'toy-library',
      clientRef,
      person: `person ${index}`,
    }))
    const measure = await measureClusters(store, 'production', [
      ...clients,
      { service: 'toy-library', clientRef: 'NOBODY-1', person: 'nobody' },
    ])
    expect(measure).toMatchObject({
      records: 2,
      clientsWithoutRecord: 1,
      people: { true: 2, found: 2 },
    })
  })
})
