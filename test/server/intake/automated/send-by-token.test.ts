import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { checkToken, type ServingToken } from '#server/programme/tokens/check-token.ts'
import { revokeToken } from '#server/programme/tokens/submission-tokens.ts'
import { readSent, type SentAnswer } from '#server/intake/automated/read-sent.ts'
import { rememberForService } from '#server/intake/held-files/service-mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { sendByToken } from '#server/intake/automated/send-by-token.ts'
import { sendOwedMails } from '#server/intake/journey/send-owed-mails.ts'
import { filesOf, hashAtSource } from '../hashed/hash-at-source.ts'
import { BRIDGE, journeyOf, match, mustUpload } from '../journey/journey-setting.ts'
import { children, csv, mothers, type Row } from '../submissions/small-files.ts'
import { inPieces } from '../submissions/small-programme.ts'
import { ADDRESS, openTokenSetting, type TokenSetting } from './token-setting.ts'

const HEALTH_VISITING = { service: 'health-visiting', kind: 'people' } as const

let setting: TokenSetting
let token: ServingToken

beforeAll(async () => {
  setting = await openTokenSetting()
}, 120_000)

afterAll(() => setting.close())

beforeEach(async () => {
  await setting.owner.pool.query(`update submission set state = 'withdrawn', file_id = null`)
  token = await serving((await setting.tokenFor()).token)
})

async function serving(text: string, service = 'health-visiting'): Promise<ServingToken> {
  const authorization = `Bearer ${text}`
  const checked = await checkToken(setting.context, { authorization, service, address: ADDRESS })
  if (!checked.ok) throw new Error(checked.code)
  return checked.token
}

async function* asFiles(files: readonly Uint8Array[]): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  for (const bytes of files) yield inPieces(bytes)
}

function send(
  files: readonly Uint8Array[],
  {
    replace,
    quarter = '2024-Q1',
    as = token,
  }: { replace?: string; quarter?: string; as?: ServingToken } = {},
): ReturnType<typeof sendByToken> {
  return sendByToken(setting.storeOf(BRIDGE), as, {
    ...{ quarter, replace, files: asFiles(files), now: setting.clock.now },
  })
}

async function mustSend(...given: Parameters<typeof send>): Promise<string> {
  const sent = await send(...given)
  if (!sent.ok) throw new Error(sent.code)
  return sent.reference
}

async function stateOf(reference: string, as = token): Promise<SentAnswer> {
  const read = await readSent(
    setting.storeOf(BRIDGE),
    as,
    { quarter: '2024-Q1', reference },
    'https://portal.example',
  )
  if (!read.ok) throw new Error(read.code)
  return read.answer
}

async function hashed(rows: readonly Row[]): Promise<readonly Uint8Array[]> {
  return filesOf(await hashAtSource(setting.owner, csv(rows)))
}

const CLEAN = [...children(0, 20), ...mothers(0, 8)]

describe('a hashed file that a program sends', () => {
  test('is checked, submitted by itself where nothing is to be answered, and counted', async () => {
    const reference = await mustSend(await hashed(CLEAN))
    expect(await stateOf(reference)).toMatchObject({ stage: 'checking', findings: [] })
    await setting.check(reference)
    const answer = await stateOf(reference)
    expect(answer).toMatchObject({
      ...{ stage: 'accepted', state: 'accepted', next: null },
      counts: { rows: 28, accepted: 28, rejected: 0, blank: 0, leftOut: 0 },
    })
    expect(answer.findings.every(({ severity }) => severity === 'note')).toBe(true)
    await setting.check(reference)
    expect(await stateOf(reference)).toMatchObject({ stage: 'accepted', state: 'linked' })
    const mails: string[] = []
    await sendOwedMails({
      ...setting.context,
      mailer: { send: ({ to }) => Promise.resolve(void mails.push(to)) },
    })
    expect(mails.sort()).toEqual(['bridge@trust.example', 'second@trust.example'])
  })

  test('is one submission however often the same bytes come', async () => {
    const files = await hashed(CLEAN)
    const sent = await Promise.all([send(files), send(files)])
    const [first, second] = sent.map((one) => (one.ok ? one.reference : one.code))
    expect(first).toBe(second)
    expect(await send(files)).toMatchObject({ ok: true, reference: first, sentBefore: true })
    await setting.check(first ?? '')
    expect(await send(files)).toMatchObject({ ok: true, reference: first, sentBefore: true })
    expect(await stateOf(first ?? '')).toMatchObject({ stage: 'accepted' })
  })

  test('does not take the place of another file, unless it names it', async () => {
    const first = await mustSend(await hashed(CLEAN))
    await setting.check(first)
    await setting.check(first)
    const other = await hashed(CLEAN.slice(0, 25))
    expect(await send(other)).toEqual({
      ok: false,
      code: 'replace-needed',
      detail: { standing: first },
    })
    expect(await send(other, { replace: 'SU-0000-0000' })).toMatchObject({ code: 'replace-needed' })
    const next = await mustSend(other, { replace: first })
    await setting.check(next)
    expect(await stateOf(next)).toMatchObject({ stage: 'accepted' })
    await setting.check(next)
    expect(await stateOf(first)).toMatchObject({ stage: 'withdrawn' })
  })

  test('waits for a person where something is to be answered, who is told', async () => {
    const bare = children(0, 5).map((row): Row =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'contacts')),
    )
    const reference = await mustSend(await hashed(bare))
    await setting.check(reference)
    const answer = await stateOf(reference)
    expect(answer).toMatchObject({
      ...{ stage: 'waiting-for-a-person', state: 'checked' },
      next: { link: `https://portal.example/files/${reference}/check` },
    })
    expect(answer.findings).toContainEqual(
      expect.objectContaining({ code: 'contacts-not-mapped', severity: 'confirm' }),
    )
    const { rows } = await setting.owner.pool.query(
      `select kind, user_id from outbox join submission s on s.id = submission_id
        where reference = $1 order by user_id`,
      [reference],
    )
    expect(rows).toEqual([
      { kind: 'submission-unfinished', user_id: BRIDGE.userId },
      { kind: 'submission-unfinished', user_id: setting.second.userId },
    ])
  })

  test('is not submitted when its token was revoked meanwhile', async () => {
    const reference = await mustSend(await hashed(CLEAN))
    await revokeToken(setting.context, setting.second, token.reference)
    await setting.check(reference)
    expect(await stateOf(reference)).toMatchObject({ stage: 'waiting-for-a-person' })
  })
})

describe('a token reads and touches nothing but what its program sent', () => {
  test('not what a person uploaded for the same service', async () => {
    const files = await hashed(CLEAN.slice(0, 12))
    const { reference } = await mustUpload(setting, files, {
      ...{ actor: BRIDGE, service: 'health-visiting' },
    })
    await expect(stateOf(reference)).rejects.toThrow('not-found')
    expect(await send(await hashed(CLEAN))).toMatchObject({ code: 'replace-needed' })
    // The same bytes are what they were.
    expect(await send(files)).toMatchObject({ ok: true, reference, sentBefore: true })
    await expect(stateOf(reference)).rejects.toThrow('not-found')
  })

  test('not another service, nor another quarter’s address, nor a hashed file of another', async () => {
    const reference = await mustSend(await hashed(CLEAN))
    const other = { ...token, service: 'stay-and-play' }
    await expect(stateOf(reference, other)).rejects.toThrow('not-found')
    const read = await readSent(
      setting.storeOf(BRIDGE),
      token,
      { quarter: '2024-Q2', reference },
      'https://portal.example',
    )
    expect(read).toMatchObject({ code: 'not-found' })
    const theirs = await hashAtSource(setting.owner, csv(CLEAN), {
      ...{ service: 'stay-and-play', provider: 'acorn' },
    })
    expect(await send(filesOf(theirs), { quarter: '2024-Q2' })).toMatchObject({ ok: false })
    expect(await send(filesOf(theirs), { as: other })).toMatchObject({ code: 'not-found' })
  })
})

describe('a clear file that a program sends', () => {
  test('is not taken, and not a byte kept, unless the service says so', async () => {
    expect(await send([csv(CLEAN)])).toMatchObject({ code: 'clear-not-taken' })
    const { rows } = await setting.owner.pool.query(
      'select count(*)::int as n from submission where file_id is not null',
    )
    expect(rows).toEqual([{ n: 0 }])
  })

  test('stops at its first question where nothing is remembered, and else is submitted by itself', async () => {
    const { pool } = setting.owner
    await pool.query(`update service set accepts_clear = true where code = 'health-visiting'`)
    token = await serving((await setting.tokenFor()).token)
    const first = await mustSend([csv(CLEAN)])
    expect(await stateOf(first)).toMatchObject({
      ...{ stage: 'waiting-for-a-person', counts: null },
      next: { link: `https://portal.example/files/${first}/read` },
    })
    await match(setting, first, BRIDGE)
    await setting.check(first)
    expect(await stateOf(first)).toMatchObject({ state: 'checked' })
    const { mapping, header } = await journeyOf(setting.storeOf, BRIDGE, first)
    if (mapping === null) throw new Error('not matched')
    await withTransaction(pool, (client) =>
      rememberForService(client, setting.owner, HEALTH_VISITING, { mapping, header }),
    )
    const next = await mustSend([csv(CLEAN.slice(0, 26))], { replace: first })
    expect(await stateOf(next)).toMatchObject({ stage: 'checking' })
    await setting.check(next)
    expect(await stateOf(next)).toMatchObject({ stage: 'accepted' })
    await pool.query(`update service set accepts_clear = false where code = 'health-visiting'`)
  })

  test('kept in another shape goes as the last one did, and waits where it is another', async () => {
    const { pool } = setting.owner
    await pool.query(`update service set accepts_clear = true where code = 'health-visiting'`)
    token = await serving((await setting.tokenFor()).token)
    const first = await mustSend([family(20)])
    await pool.query(`update submission set state = 'withdrawn' where reference = $1`, [first])
    await remember({ childrenAcross: { ...CHILDREN, reference: 'Family ref' } })
    const next = await mustSend([family(19)])
    expect(await stateOf(next)).toMatchObject({ stage: 'checking' })
    await setting.check(next)
    expect(await stateOf(next)).toMatchObject({ stage: 'accepted', counts: { accepted: 38 } })
    // A third child, for whom there was no room last time.
    const other = await mustSend([family(21, true)], { replace: next })
    expect(await stateOf(other)).toMatchObject({
      stage: 'waiting-for-a-person',
      next: {
        words: expect.stringContaining('it is not as the last file was') as string,
        link: `https://portal.example/files/${other}/read`,
      },
    })
    await pool.query(`update service set accepts_clear = false where code = 'health-visiting'`)
  })
})

const CHILDREN = {
  children: [1, 2].map((child) => ({
    'Child name': `Child ${child} name`,
    'Child DOB': `Child ${child} DOB`,
  })),
}

/** Families with two children each, or with room for a third. */
function family(many: number, hasThird = false): Uint8Array {
  const third = hasThird ? ',Child 3 name,Child 3 DOB' : ''
  const lines = Array.from({ length: many }, (_, at) => {
    const day = String((at % 28) + 1).padStart(2, '0')
    const letter = 'abcdefghijklmnopqrstuvwxyz'[at] ?? ''
    const surname = `Lan${letter}y`
    const two = `F${100 + at * 7},Ad${letter}a ${surname},${day}/03/2019,Be${letter}n ${surname},${day}/04/2021`
    return `${two}${hasThird ? `,Cy${letter} ${surname},${day}/05/2022` : ''},2`
  })
  const header = `Family ref,Child 1 name,Child 1 DOB,Child 2 name,Child 2 DOB${third},Sessions`
  return new TextEncoder().encode([header, ...lines, ''].join('\n'))
}

/** Remembers how such a file is prepared and matched. */
async function remember(preparation: Preparation): Promise<void> {
  const header = ['Child reference', 'Child name', 'Child DOB', 'Sessions']
  const mapping: Mapping = {
    ...{ shape: 'person', preparation },
    columns: { client_ref: 'Child reference', date_of_birth: 'Child DOB', contacts: 'Sessions' },
    split: { 'Child name': ['first_name', 'last_name'] },
  }
  await withTransaction(setting.owner.pool, (client) =>
    rememberForService(client, setting.owner, HEALTH_VISITING, { mapping, header }),
  )
}
