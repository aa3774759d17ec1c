import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readAreaFile } from '#core/area-file/area-file.ts'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { hexOf } from '#core/pseudonym/keys.ts'
import { exportSource } from '#server/keys/export-source.ts'
import {
  approveSourceExport,
  askSourceExport,
  listSourceExports,
} from '#server/keys/source-exports.ts'
import { readExports } from '#server/portal/screens/read-exports.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import {
  makeActor,
  openScreenSetting,
  type ScreenSetting,
} from '../portal/screens/screen-setting.ts'

const PASSPHRASE = 'walnut trombone ferry lichen orbit'
const HOUR = 3_600_000

let setting: ScreenSetting
let asker: Actor
let second: Actor
let folder: string
let now = new Date('2026-03-02T10:00:00Z')

beforeAll(async () => {
  setting = await openScreenSetting()
  asker = setting.actors.administrator
  second = setting.actors.exactAdministrator
}, 120_000)

afterAll(() => setting.close())

beforeEach(async () => {
  // A moment of its own, after whatever the test before asked for expired.
  now = new Date(now.getTime() + 30 * 24 * HOUR)
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  return () => rm(folder, { recursive: true, force: true })
})

function later(hours: number): Date {
  return new Date(now.getTime() + hours * HOUR)
}

async function ask(actor = asker): Promise<string> {
  const asked = await askSourceExport(setting.owner, actor, setting.store.keys.currentSource, now)
  if (!asked.ok) throw new Error(asked.code)
  return asked.request.reference
}

function place(): Parameters<typeof exportSource>[3] {
  return {
    keyFile: join(folder, 'key'),
    areaFile: join(folder, 'key.area'),
    passphrase: PASSPHRASE,
  }
}

describe('[S20] an export of the source key', () => {
  test('is asked for by one administrator, agreed to by another, and made once by the first', async () => {
    const reference = await ask()
    expect(await ask()).toBe(reference)
    expect(await exportSource(setting.store, asker, reference, place(), now)).toMatchObject({
      code: 'second-person',
    })
    expect(await approveSourceExport(setting.pool, asker, reference, now)).toMatchObject({
      code: 'second-person',
    })
    expect(await approveSourceExport(setting.pool, second, reference, now)).toMatchObject({
      ok: true,
    })
    expect(await approveSourceExport(setting.pool, second, reference, now)).toMatchObject({
      code: 'export-over',
    })
    expect(await exportSource(setting.store, second, reference, place(), now)).toMatchObject({
      code: 'not-found',
    })
    expect(await readdir(folder)).toEqual([])
    const done = await Promise.all(
      [1, 2].map(() => exportSource(setting.store, asker, reference, place(), now)),
    )
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await readdir(folder)).sort()).toEqual(['key', 'key.area'])
    expect(await exportSource(setting.store, asker, reference, place(), now)).toMatchObject({
      code: 'export-over',
    })
    const { rows } = await setting.owner.query<{ event: string; actor: string; detail: object }>(
      'select event, actor, detail from audit_event where subject = $1 order by seq',
      [reference],
    )
    const { check } = setting.store.keys.currentSource
    expect(rows).toEqual([
      {
        event: 'key.export-requested',
        actor: asker.userId,
        detail: { epoch: 1, sourceKey: check },
      },
      {
        event: 'key.export-approved',
        actor: second.userId,
        detail: { epoch: 1, sourceKey: check },
      },
      {
        event: 'key.exported',
        actor: asker.userId,
        detail: { epoch: 1, sourceKey: check, approvedBy: second.userId },
      },
    ])
  })

  test('writes a key file that opens to the key, and an area file that verifies under it', async () => {
    const reference = await ask()
    await approveSourceExport(setting.pool, second, reference, now)
    expect(await exportSource(setting.store, asker, reference, place(), now)).toEqual({ ok: true })
    const { key, check } = setting.store.keys.currentSource
    const text = await readFile(place().keyFile, 'utf8')
    const opened = await openKeyFile(text, PASSPHRASE, crypto.subtle)
    expect(opened).toMatchObject({ ok: true, check, live: false })
    expect(opened.ok && hexOf(opened.key)).toBe(hexOf(key))
    expect(text).not.toContain(hexOf(key))
    expect(await openKeyFile(text, `${PASSPHRASE}.`, crypto.subtle)).toMatchObject({ ok: false })
    for (const name of ['key', 'key.area']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    }
    const engine = createHmacEngine()
    const area = readAreaFile(
      new Uint8Array(await readFile(place().areaFile)),
      engine.prepareKey(key),
    )
    engine.dispose()
    expect(area).toMatchObject({ ok: true, programme: { code: 'small-steps' }, postcodes: 8 })
    expect(area.ok && area.areas.find('SE116AA')).toEqual({
      ward: 'riverside',
      imdDecile: 1,
      inArea: 'yes',
    })
    expect(area.ok && area.services).toContainEqual({
      code: 'health-visiting',
      name: 'Health Visiting',
      provider: 'bridge',
    })
    expect(await readFile(place().areaFile, 'utf8')).not.toMatch(/SE11/)
  })

  test('expires: a request after a week without an answer, an approval after a day', async () => {
    const reference = await ask()
    expect(
      await approveSourceExport(setting.pool, second, reference, later(7 * 24 + 1)),
    ).toMatchObject({ code: 'export-over' })
    await approveSourceExport(setting.pool, second, reference, now)
    expect(await exportSource(setting.store, asker, reference, place(), later(25))).toMatchObject({
      code: 'export-over',
    })
    const again = await askSourceExport(
      setting.owner,
      asker,
      setting.store.keys.currentSource,
      later(25),
    )
    expect(again).toMatchObject({ ok: true, stage: 'waiting' })
    expect(again.ok && again.request.reference).not.toBe(reference)
  })

  test('that cannot be written leaves nothing and may be tried again', async () => {
    const reference = await ask()
    await approveSourceExport(setting.pool, second, reference, now)
    await writeFile(place().areaFile, 'mine')
    expect(await exportSource(setting.store, asker, reference, place(), now)).toMatchObject({
      code: 'export-stands',
    })
    expect(await readdir(folder)).toEqual(['key.area'])
    expect(await readFile(place().areaFile, 'utf8')).toBe('mine')
    const nowhere = { ...place(), keyFile: join(folder, 'no', 'such', 'key') }
    expect(await exportSource(setting.store, asker, reference, nowhere, now)).toMatchObject({
      code: 'export-unwritten',
    })
    await rm(place().areaFile)
    expect(await exportSource(setting.store, asker, reference, place(), now)).toEqual({ ok: true })
  })

  test('is nobody’s but administrators’', async () => {
    for (const actor of [setting.actors.provider, setting.actors.analyst]) {
      const key = setting.store.keys.currentSource
      expect(await askSourceExport(setting.owner, actor, key, now)).toMatchObject({ ok: false })
      expect(await listSourceExports(setting.pool, actor, now)).toMatchObject({ ok: false })
      const reference = await ask()
      expect(await approveSourceExport(setting.pool, actor, reference, now)).toMatchObject({
        code: 'not-found',
      })
    }
  })

  test('is told on the system page with who may agree', async () => {
    const reference = await ask()
    const seen = async (actor: Actor): Promise<unknown> => {
      const read = await readExports(setting.pool, actor, now)
      return read.ok ? read.requests.find((request) => request.reference === reference) : undefined
    }
    expect(await seen(asker)).toMatchObject({ stage: 'waiting', mayApprove: false })
    expect(await seen(second)).toMatchObject({ stage: 'waiting', mayApprove: true })
    const third = await makeActor(setting.owner, 'administrator', false)
    expect(await seen(third)).toMatchObject({ mayApprove: true })
  })

  test('cannot be written into the database as agreed to by the one who asked', async () => {
    const reference = await ask()
    await expect(
      setting.owner.query(
        'update source_export set approved_by = asked_by, approved_at = now() where reference = $1',
        [reference],
      ),
    ).rejects.toThrow('two_people')
  })
})
