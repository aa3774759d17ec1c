import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { writeToken } from '#core/submission-token/token-form.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { openProgrammeStore } from '#server/store/store.ts'
import { filesOf, hashAtSource, type AtSource } from '../server/intake/hashed/hash-at-source.ts'
import { children, csv, mothers } from '../server/intake/submissions/small-files.ts'
import { readPortal, submitPackage } from '../../desktop-hasher/cli/submit.ts'
import { ask, type Answer } from './setup/ask.ts'
import { ACCOUNTS } from './setup/visitor.ts'

const SERVICE = 'natural-thinkers'
const PLACE = `/api/submissions/${SERVICE}/2023-Q2`

/** What a program sends to the portal as it runs, and what is sent in a program's place. */
describe('a program that sends files', () => {
  const owner = openPool(inject('portal').databaseUrl, { max: 1 })
  let token = ''
  let made: AtSource

  beforeAll(async () => {
    token = await giveToken()
    made = await hashed()
  }, 60_000)

  afterAll(async () => {
    await owner.end()
  })

  /** As two people would have it made. */
  async function giveToken(): Promise<string> {
    const text = writeToken(new Uint8Array(randomBytes(32)))
    const reference = `T${randomBytes(4).toString('hex')}`
    const { rowCount } = await owner.query(
      `with people as (
         select asker.id as asker, other.id as other
           from portal_user asker, portal_user other
          where asker.email = $2 and other.role = 'administrator' limit 1
       ), agreed as (
         insert into approval (reference, kind, subject, provider_code, particulars, bound_to, reason,
             asked_by, asked_at, expires_at, outcome, decided_by, decided_at, used_at)
         select $1, 'submission-token', $3, provider_code, '{"days":9}', sha256('x'), 'scheduled-task',
             asker, now(), now() + interval '7 days', 'approved', other, now(), now()
           from people, service where code = $3
         returning reference
       )
       insert into submission_token (reference, service_code, digest, approval_reference, made_by,
           approved_by, made_at, expires_at)
       select 'TK-' || $1, $3, $4, agreed.reference, asker, other, now(), now() + interval '9 days'
         from people, agreed`,
      [reference, ACCOUNTS.provider, SERVICE, createHash('sha256').update(text).digest()],
    )
    if (rowCount !== 1) throw new Error('no token was made')
    return text
  }

  async function hashed(quarter = '2023-Q2'): Promise<AtSource> {
    const { databaseUrl, dataDir, env } = inject('portal')
    const store = await openProgrammeStore({ dataDir, env: { ...env, DATABASE_URL: databaseUrl } })
    try {
      const { rows } = await owner.query<{ provider: string }>(
        'select provider_code as provider from service where code = $1',
        [SERVICE],
      )
      const provider = rows[0]?.provider ?? ''
      const bytes = csv([...children(0, 30), ...mothers(0, 10)])
      return await hashAtSource(store, bytes, { service: SERVICE, provider, quarter })
    } finally {
      await store.close()
    }
  }

  function send(
    path: string,
    {
      method = 'PUT',
      body,
      ...headers
    }: { method?: string; body?: string | Uint8Array } & Record<string, unknown> = {},
  ): Promise<Answer> {
    const given = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    } as Record<string, string>
    return ask(inject('portal').origin, path, {
      method,
      headers: given,
      ...(body === undefined ? {} : { body }),
    })
  }

  function form(files: readonly Uint8Array[]): { 'content-type': string; body: Uint8Array } {
    const pieces = files.flatMap((bytes, index) => [
      Buffer.from(
        `--edge\r\ncontent-disposition: form-data; name="file"; filename="${String(index)}"\r\n\r\n`,
      ),
      Buffer.from(bytes),
      Buffer.from('\r\n'),
    ])
    const body = new Uint8Array(Buffer.concat([...pieces, Buffer.from('--edge--\r\n')]))
    return { 'content-type': 'multipart/form-data; boundary=edge', body }
  }

  test('gets 202 and an address to ask after it, and then what became of it', async () => {
    const answer = await send(PLACE, form(filesOf(made)))
    expect(answer.status).toBe(202)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    const address = String(answer.headers['location'])
    let state = await send(address, { method: 'GET' })
    for (let asked = 0; state.status === 202 && asked < 120; asked += 1) {
      await pause(500)
      state = await send(address, { method: 'GET' })
    }
    expect(state.status).toBe(200)
    const told = JSON.parse(state.body) as Record<string, unknown>
    // Two rows are left out at source: what they say came after the quarter.
    expect(told).toMatchObject({ stage: 'accepted', counts: { rows: 40, accepted: 38 } })
    const again = await send(PLACE, form(filesOf(made)))
    expect([again.status, (JSON.parse(again.body) as { reference: string }).reference]).toEqual([
      200,
      told['reference'],
    ])
  }, 120_000)

  test('is the hasher itself, which sends what it wrote and waits for what became of it', async () => {
    const quarter = '2023-Q3'
    const written = await hashed(quarter)
    const folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
    try {
      const names = {
        csv: join(folder, 'trust.csv'),
        manifest: join(folder, 'trust.manifest.json'),
        hmac: join(folder, 'trust.manifest.json.hmac'),
      }
      for (const part of ['csv', 'manifest', 'hmac'] as const)
        await writeFile(names[part], written[part])
      const portal = readPortal(inject('portal').origin)
      const request = { portal, service: SERVICE, quarter, replace: undefined, token }
      const patience = { retries: [500], between: 500, most: 60_000 }
      const sent = await submitPackage(request, [names], patience)
      expect(sent).toMatchObject({
        ok: true,
        answer: { stage: 'accepted', counts: { rows: 40, accepted: 40 } },
      })
      const refused = { ...request, token: writeToken(new Uint8Array(randomBytes(32))) }
      expect(await submitPackage(refused, [names], patience)).toMatchObject({
        ok: false,
        problem: { code: 'token-unknown' },
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 120_000)

  test('is told of what is wrong as a problem, with a code', async () => {
    const clear = await send(PLACE, { body: csv(children(0, 3)) })
    expect(clear.status).toBe(415)
    expect(clear.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(clear.body)).toMatchObject({ code: 'clear-not-taken', status: 415 })
    const cut = await send(PLACE, { body: made.csv })
    expect(JSON.parse(cut.body)).toMatchObject({ code: 'hashed-incomplete', status: 422 })
    const empty = await send(PLACE, { body: '' })
    expect(JSON.parse(empty.body)).toMatchObject({ code: 'upload-missing' })
  })

  test('comes to nothing without its token, with another’s service or with a cookie alone', async () => {
    const files = form(filesOf(made))
    for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${token}`]) {
      expect((await send(PLACE, { ...files, authorization })).status).toBe(401)
    }
    const elsewhere = PLACE.replace(SERVICE, 'baby-steps')
    expect((await send(elsewhere, files)).status).toBe(403)
    const cookie = 'countonce-session=anything'
    expect((await send(PLACE, { ...files, authorization: '', cookie })).status).toBe(401)
  })

  test('[S70] opens no other address to what does not come from our own pages', async () => {
    const files = form(filesOf(made))
    for (const origin of ['null', 'https://evil.example']) {
      expect((await send(PLACE, { ...files, origin })).status).toBe(403)
    }
    for (const method of ['POST', 'DELETE', 'PATCH']) {
      expect((await send(PLACE, { ...files, method })).status).toBe(403)
    }
    for (const path of [
      `${PLACE}/..`,
      `${PLACE}/SU-2222-2222-2`,
      `/api/submissions/${SERVICE}/2023-Q9`,
      `/api/submissions/../send/2023-Q2`,
      `//api/submissions/${SERVICE}/2023-Q2`,
      '/api/auth/signout',
      '/sign-in',
      `/send/${SERVICE}/2023-Q2/file`,
    ]) {
      // What leads up is refused before anybody asks where to.
      const refused = path.includes('..') ? 400 : 403
      expect([path, (await send(path, files)).status]).toEqual([path, refused])
    }
  })

  test('reads no page and no file of the portal with its token', async () => {
    for (const path of ['/send', '/tokens', `/send/${SERVICE}`, `/send/${SERVICE}/2023-Q2`]) {
      const answer = await send(path, { method: 'GET' })
      expect([path, answer.status === 200]).toEqual([path, false])
    }
    const theirs = `${PLACE}/SU-2222-2222-2`
    expect((await send(theirs, { method: 'GET' })).status).toBe(404)
  })
})
