import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { writeToken } from '#core/submission-token/token-form.ts'
import { readPortal, submitPackage } from '../../desktop-hasher/cli/submit.ts'
import { makeHasherFolder, wordsFor, type HasherFolder } from './setup/hasher-folder.ts'
import { CLEAR, PEOPLE } from './setup/small-extract.ts'

const TOKEN = writeToken(new Uint8Array(32).fill(9))
const REFERENCE = 'SU-3K9Q-7TXW-2'

/** What a portal was asked. */
interface Asked {
  readonly method: string
  readonly url: string
  readonly authorization: string
  readonly body: string
}

let hasher: HasherFolder
let server: Server | undefined
let asked: Asked[] = []
let runs = 0

beforeAll(async () => {
  hasher = await makeHasherFolder()
  await hasher.write('people.csv', PEOPLE)
})

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => {
    if (server === undefined) resolve(undefined)
    else server.close(resolve)
  })
  server = undefined
  asked = []
})

afterAll(() => hasher.remove())

/** Answers requests one after another, the last answer again and again. */
async function listen(answers: readonly [number, unknown][]): Promise<string> {
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const { authorization = '' } = headers
      const [status, answer] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, {}]
      asked.push({ method, url, authorization, body: Buffer.concat(pieces).toString() })
      const to = status === 302 ? { location: 'https://elsewhere.example/' } : {}
      response.writeHead(status, { 'content-type': 'application/json', ...to })
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

function answerOf(stage: string): object {
  return {
    ...{ reference: REFERENCE, service: 'slt', quarter: '2024-Q1', stage, state: 'checked' },
    counts: { rows: 2, accepted: 2, rejected: 0, blank: 0, leftOut: 0 },
    findings: [
      {
        ...{ code: 'contacts-not-mapped', severity: 'confirm', field: 'contacts' },
        ...{ words: 'No column says how many contacts there were.', rows: 2, firstRows: [2, 3] },
      },
    ],
    next: { words: 'Somebody must answer.', link: 'https://portal.example/files/SU/check' },
  }
}

async function run(
  portal: string,
  more: readonly string[] = [],
  env: Readonly<Record<string, string>> = { COUNTONCE_TOKEN: TOKEN },
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const name = `sent-${String((runs += 1))}.csv`
  return hasher.run([...wordsFor('people.csv', name), '--submit', portal, ...more], env)
}

describe('countonce-hash --submit', () => {
  test('sends the three files with the token, waits while they are checked, and ends with 0', async () => {
    const portal = await listen([
      [202, answerOf('checking')],
      [200, answerOf('accepted')],
    ])
    const ran = await run(portal, ['--replace', 'SU-2222-2222-2'])
    expect(ran).toMatchObject({ status: 0 })
    expect(ran.stdout).toContain(`${REFERENCE} was accepted`)
    expect(ran.stdout).toContain('rows 2, accepted 2')
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /api/submissions/slt/2024-Q1?replace=SU-2222-2222-2',
      `GET /api/submissions/slt/2024-Q1/${REFERENCE}`,
    ])
    expect(asked.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true)
    const [sent] = asked
    expect(sent?.body.match(/ name="file"/g)).toHaveLength(3)
    expect(sent?.body).toContain('countonce-manifest-')
    expect(CLEAR.filter((value) => sent?.body.includes(value))).toEqual([])
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN)
  })

  test('ends with 1 where a person must answer, and says where', async () => {
    const ran = await run(await listen([[200, answerOf('waiting-for-a-person')]]))
    expect(ran).toMatchObject({ status: 1 })
    expect(ran.stdout).toContain('confirm contacts-not-mapped contacts')
    expect(ran.stdout).toContain('(rows 2, 3)')
    expect(ran.stderr).toContain('https://portal.example/files/SU/check')
  })

  test('ends with 2 where the portal refuses, with its words', async () => {
    const problem = {
      code: 'replace-needed',
      standing: REFERENCE,
      title: 'There is another file.',
      detail: 'Send replace=.',
    }
    const ran = await run(await listen([[409, problem]]))
    expect(ran).toMatchObject({ status: 2 })
    expect(ran.stderr).toContain('There is another file. Send replace=. (replace-needed)')
    expect(ran.stderr).toContain(`The other is ${REFERENCE}.`)
    expect(asked).toHaveLength(1)
  })

  test('takes the token of a file, never of an argument, and only a whole one', async () => {
    const portal = await listen([[200, answerOf('accepted')]])
    const file = await hasher.write('token.txt', `${TOKEN}\n`)
    expect(await run(portal, ['--token-file', file], {})).toMatchObject({ status: 0 })
    asked = []
    for (const env of [{}, { COUNTONCE_TOKEN: TOKEN.slice(0, -1) }, { COUNTONCE_TOKEN: '' }]) {
      expect(await run(portal, [], env)).toMatchObject({ status: 2 })
    }
    expect(await run(portal, ['--token', TOKEN])).toMatchObject({ status: 2 })
    expect(asked).toEqual([])
  })

  test('sends nothing where the file is refused, and nothing to an address without TLS', async () => {
    const portal = await listen([[200, answerOf('accepted')]])
    await hasher.write('bad.csv', 'Client ID,First name\n1,Ann\n')
    const words = wordsFor('bad.csv', 'bad-out.csv')
    const ran = await hasher.run([...words, '--submit', portal], { COUNTONCE_TOKEN: TOKEN })
    expect(ran).toMatchObject({ status: 2 })
    for (const address of [
      'http://portal.example',
      'ftp://127.0.0.1',
      `${portal}/there`,
      'portal',
    ]) {
      expect(await run(address)).toMatchObject({ status: 2 })
    }
    expect(asked).toEqual([])
  })
})

describe('a portal that cannot be reached', () => {
  const patience = { retries: [5, 5, 5], between: 5, most: 200 }
  const request = (portal: string) => ({
    ...{ portal: readPortal(portal), service: 'slt', quarter: '2024-Q1' },
    ...{ replace: undefined, token: TOKEN },
  })

  test('is tried again, and what was lost on the way is sent again', async () => {
    const portal = await listen([
      [503, {}],
      [502, 'a load balancer'],
      [200, answerOf('accepted')],
    ])
    const told = await submitPackage(request(portal), [], patience)
    expect(told).toMatchObject({ ok: true, answer: { stage: 'accepted' } })
    expect(asked).toHaveLength(3)
  })

  test('is given up after the last try, with the status for it', async () => {
    const portal = await listen([[500, {}]])
    await expect(submitPackage(request(portal), [], patience)).rejects.toThrow('submit-unreachable')
    expect(asked).toHaveLength(4)
    await expect(submitPackage(request('http://127.0.0.1:1'), [], patience)).rejects.toMatchObject({
      code: 'submit-unreachable',
    })
  })

  test('is not followed elsewhere with the token', async () => {
    const portal = await listen([[302, {}]])
    await expect(submitPackage(request(portal), [], patience)).rejects.toThrow('submit-unreachable')
  })

  test('that is still checking is left to it', async () => {
    const portal = await listen([[202, answerOf('checking')]])
    await expect(submitPackage(request(portal), [], patience)).rejects.toThrow('submit-unsettled')
  })
})
