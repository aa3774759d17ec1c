import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOwnLink } from '../../identity/accounts/read-own-link.ts'
import { makeDataFolder } from '../../setup/data-folder.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { countonce, type Ended } from '../../../bin/command-line.ts'

/** A live programme from nothing to two administrators who can set their passwords. */

const REGISTER = {
  programme: {
    ...{ code: 'north', name: 'Northern Early Years', live: true },
    years: { from: '2025-04-01', to: '2035-03-31' },
  },
  wards: [{ code: 'hill', name: 'Hill' }],
  strands: [{ code: 'play', name: 'Play' }],
  providers: [{ code: 'heron', name: 'Heron Trust' }],
  services: [{ code: 'heron-play', name: 'Heron Play', strand: 'play', provider: 'heron' }],
}

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

interface Place {
  readonly data: string
  readonly programme: string
  readonly env: Readonly<Record<string, string>>
}

async function makePlace(): Promise<Place> {
  const [data, keys] = [await makeDataFolder(), await makeDataFolder()]
  const programme = join(keys, 'programme.json')
  await writeFile(programme, JSON.stringify(REGISTER))
  const env = {
    DATABASE_URL: database.url,
    KEYS: join(keys, 'worker'),
    PORTAL_KEYS: join(keys, 'portal'),
    COUNTONCE_ORIGIN: 'https://count-once.example.gov.uk',
  }
  return { data, programme, env }
}

test('[S20] a live programme begins with two people, invited by mail and by links on the console', async () => {
  const { data, programme, env } = await makePlace()
  const init = (given: Readonly<Record<string, string>>, ...people: string[]): Promise<Ended> =>
    countonce(
      [
        ...['--data', data, 'init', '--programme', programme],
        ...people.flatMap((person) => ['--administrator', person]),
      ],
      given,
    )
  const [ada, ben] = ['Ada Ash <Ada@example.gov.uk>', 'ben@example.gov.uk']
  // Each of these makes nothing, so that the last is the first that does.
  const refused = [
    await init(env, ada),
    await init(env, ada, 'ada@EXAMPLE.gov.uk'),
    await init(env, ada, 'nobody'),
    // In letters that look like Latin ones, and are not: another address than it seems.
    await init(env, ada, 'Ada Ash <\u0430da@example.gov.uk>'),
    await init({ ...env, COUNTONCE_ORIGIN: '' }, ada, ben),
  ]
  expect(refused.map(({ status }) => status)).toEqual([2, 2, 2, 2, 2])
  const beside = await init({ ...env, KEYS: join(data, 'keys') }, ada, ben)
  expect(beside).toMatchObject({ status: 1, stdout: '' })
  expect(beside.stderr).toContain('keys-beside-data')

  const doctor = async (
    given: Readonly<Record<string, string>> = env,
  ): Promise<{ readonly status: number | null; readonly checks: Record<string, string> }> => {
    const { status, stdout } = await countonce(['--data', data, 'doctor', '--json'], given)
    const told = JSON.parse(stdout) as { checks: { code: string; state: string }[] }
    return {
      status,
      checks: Object.fromEntries(told.checks.map(({ code, state }) => [code, state])),
    }
  }
  // Nothing is made by looking: no programme, and no keys.
  expect(await doctor()).toMatchObject({ status: 3, checks: { database: 'missing' } })

  const made = await init(env, ada, ben)
  expect(made.status, made.stderr).toBe(0)
  const links = [...made.stdout.matchAll(/^ +(https:\S+)$/gm)].map(([, link = '']) => link)
  expect(links).toHaveLength(2)
  // Said once, of both.
  const byHand = 'No mail was sent to ada@example.gov.uk and ben@example.gov.uk: give each'
  expect(made.stderr.toLowerCase().split(byHand.toLowerCase())).toHaveLength(2)
  expect(made.stderr.split('works once')).toHaveLength(2)
  expect(await readdir(join(data, 'mail'))).toHaveLength(2)
  const opened = await Promise.all(links.map((link) => readOwnLink(database.url, link)))
  expect(opened).toEqual([
    { email: 'ada@example.gov.uk', name: 'Ada Ash', role: 'administrator', days: 7 },
    { email: ben, name: ben, role: 'administrator', days: 7 },
  ])

  const { status, checks } = await doctor()
  expect(status).toBe(3)
  expect(checks).toEqual({
    ...{ settings: 'met', versions: 'met', database: 'met', 'database-tls': 'met' },
    ...{ migrations: 'met', clock: 'met', storage: 'met', disk: 'met', keys: 'met' },
    // Nobody started a portal or a worker yet, and mails lie in a folder.
    ...{ logins: 'missing', mail: 'missing' },
    ...{ administrators: 'missing', 'keys-held': 'missing', 'backup-tested': 'missing' },
    ...{ 'mail-proven': 'missing', agreements: 'missing', 'privacy-notice': 'missing' },
    postcodes: 'missing',
    anchors: 'missing',
  })
  const away = await doctor({ ...env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
  expect(away).toMatchObject({ status: 3, checks: { database: 'missing' } })
  const open = await doctor({ ...env, SMTP_URL: 'smtp://127.0.0.1:1', KEYS: join(data, 'keys') })
  expect(open.checks).toMatchObject({ mail: 'missing', keys: 'missing' })

  const third = await countonce(
    ['--data', data, 'administrators', 'invite', '--email', 'c@example.org', '--name', 'C'],
    env,
  )
  expect(third).toMatchObject({ status: 3, stdout: '' })
  expect(third.stderr).toContain('set-up-over')
})
