import { scrypt } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readAreaFile } from '#core/area-file/area-file.ts'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { hexOf } from '#core/pseudonym/keys.ts'
import {
  approvingAct,
  askingAct,
  usingAct,
  type Approval,
} from '#server/identity/approvals/approval.ts'
import { approve, askApproval } from '#server/identity/approvals/approvals.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { exportSource, exportWanted, makeAreaFile } from '#server/keys/export-source.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { freshFor } from '../identity/approvals/fresh-for.ts'
import { openScreenSetting, type ScreenSetting } from '../portal/screens/screen-setting.ts'

const PASSPHRASE = 'walnut trombone ferry lichen orbit'
const HOUR = 3_600_000

let setting: ScreenSetting
let asker: Actor
let second: Actor
let folder: string
// After the accounts, which the database dates by its own clock.
let now = new Date()

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

function tryToAsk(actor: Actor, at = now): ReturnType<typeof askApproval> {
  const wanted = { ...exportWanted(setting.store.keys.currentSource), reason: 'new-trust' }
  const fresh = freshFor(actor, askingAct('source-key-export'), at)
  return withTransaction(setting.owner, (client) => askApproval(client, actor, wanted, fresh, at))
}

async function ask(at = now): Promise<Approval> {
  const asked = await tryToAsk(asker, at)
  if (!asked.ok) throw new Error(asked.code)
  return asked.approval
}

function agree(
  { reference, boundTo }: Approval,
  by = second,
  at = now,
): ReturnType<typeof approve> {
  const fresh = freshFor(by, approvingAct(reference), at)
  return approve({ pool: setting.pool, now: () => at }, by, { reference, boundTo }, fresh)
}

function exportAs(
  actor: Actor,
  { reference }: Approval,
  to = place(),
  at = now,
): ReturnType<typeof exportSource> {
  const fresh = freshFor(actor, usingAct(reference), at)
  return exportSource(setting.store, actor, reference, to, fresh, at)
}

function place(): Parameters<typeof exportSource>[3] {
  return {
    keyFile: join(folder, 'key'),
    areaFile: join(folder, 'key.area'),
    passphrase: PASSPHRASE,
  }
}

test('an export leaves the rules of a service in the area file', async () => {
  const filling = {
    version: 1,
    rules: [{ kind: 'default', column: 'Status', value: 'Active' }],
  } as const
  const bytes = await makeAreaFile(setting.pool, setting.store.keys.currentSource, { slt: filling })
  const engine = createHmacEngine()
  const key = engine.prepareKey(setting.store.keys.currentSource.key)
  expect(readAreaFile(bytes, key)).toMatchObject({ ok: true, rules: { slt: filling } })
  engine.dispose()
})

describe('[S20] an export of the source key', () => {
  test('is asked for by one administrator, approved by another, and made once by the first', async () => {
    const asked = await ask()
    expect((await ask()).reference).toBe(asked.reference)
    expect(await exportAs(asker, asked)).toMatchObject({ code: 'approval-waits' })
    expect(await agree(asked, asker)).toMatchObject({ code: 'own-request' })
    expect(await agree(asked)).toMatchObject({ ok: true })
    expect(await agree(asked)).toMatchObject({ code: 'approval-over' })
    expect(await exportAs(second, asked)).toMatchObject({ code: 'not-found' })
    expect(await readdir(folder)).toEqual([])
    const done = await Promise.all([1, 2].map(() => exportAs(asker, asked)))
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await readdir(folder)).sort()).toEqual(['key', 'key.area'])
    expect(await exportAs(asker, asked)).toMatchObject({ code: 'approval-over' })
    const { rows } = await setting.owner.query<{ event: string; actor: string; detail: object }>(
      'select event, actor, detail from audit_event where subject = $1 order by seq',
      [asked.reference],
    )
    const { check } = setting.store.keys.currentSource
    const step = { kind: 'source-key-export', of: '1', reason: 'new-trust' }
    expect(rows).toEqual([
      { event: 'approval.asked', actor: asker.userId, detail: step },
      { event: 'approval.approved', actor: second.userId, detail: step },
      { event: 'approval.used', actor: asker.userId, detail: step },
      {
        event: 'key.exported',
        actor: asker.userId,
        detail: { epoch: 1, sourceKey: check, approvedBy: second.userId },
      },
    ])
  })

  test('writes a key file that opens to the key, and an area file that verifies under it', async () => {
    const asked = await ask()
    await agree(asked)
    expect(await exportAs(asker, asked)).toEqual({ ok: true })
    const { key, check } = setting.store.keys.currentSource
    const text = await readFile(place().keyFile, 'utf8')
    const opened = await openKeyFile(text, PASSPHRASE, { subtle: crypto.subtle, scrypt })
    expect(opened).toMatchObject({ ok: true, check, live: false })
    expect(opened.ok && hexOf(opened.key)).toBe(hexOf(key))
    expect(text).not.toContain(hexOf(key))
    expect(
      await openKeyFile(text, `${PASSPHRASE}.`, { subtle: crypto.subtle, scrypt }),
    ).toMatchObject({ ok: false })
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
    const asked = await ask()
    expect(await agree(asked, second, later(7 * 24 + 1))).toMatchObject({ code: 'approval-over' })
    await agree(asked)
    expect(await exportAs(asker, asked, place(), later(25))).toMatchObject({
      code: 'approval-over',
    })
    const again = await ask(later(25))
    expect(again.stage).toBe('waiting')
    expect(again.reference).not.toBe(asked.reference)
  })

  test('that cannot be written leaves nothing and may be tried again', async () => {
    const asked = await ask()
    await agree(asked)
    await writeFile(place().areaFile, 'mine')
    expect(await exportAs(asker, asked)).toMatchObject({
      code: 'output-exists',
    })
    expect(await readdir(folder)).toEqual(['key.area'])
    expect(await readFile(place().areaFile, 'utf8')).toBe('mine')
    const nowhere = { ...place(), keyFile: join(folder, 'no', 'such', 'key') }
    expect(await exportAs(asker, asked, nowhere)).toMatchObject({
      code: 'output-not-writable',
    })
    await rm(place().areaFile)
    expect(await exportAs(asker, asked)).toEqual({ ok: true })
  })

  test('is nobody’s but administrators’', async () => {
    for (const actor of [setting.actors.provider, setting.actors.analyst]) {
      expect(await tryToAsk(actor)).toMatchObject({ code: 'not-found' })
      expect(await listApprovals(setting.pool, actor, now)).toEqual([])
      expect(await agree(await ask(), actor)).toMatchObject({ code: 'not-found' })
    }
  })
})
