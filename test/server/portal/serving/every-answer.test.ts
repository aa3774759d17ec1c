import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  ANSWER_HEADERS,
  answerInTime,
  answerUnread,
  giveEveryHeader,
  hasOwnHost,
  isBodyTaken,
  isThrownAway,
  LARGEST_FORM,
  isReadable,
  numberFault,
} from '#server/portal/serving/every-answer.ts'

test('[S67] an address is read when it is text without NUL', () => {
  for (const url of ['/', '/users', '/files/SU-1/read?to=%2Fsend', '/%C3%A9', '/audit?q=%ff']) {
    expect([url, isReadable(url)]).toEqual([url, true])
  }
  for (const url of ['/users/%ff', '/%', '/%c3%28', '/a%00b', '/audit?subject=%00', '']) {
    expect([url, isReadable(url)]).toEqual([url, false])
  }
  // What is a file's here would be a form's by the time Next has tidied it.
  for (const url of [
    '/api/submissions/../../sign-in',
    '/api/submissions/%2e%2e/%2E%2e/sign-in',
    '/api/submissions/..%2f..%2fsign-in',
    '/send/../x/file',
    '/./users',
    '/users/..',
    '/\\evil.example',
    '/a%5c..%5cb',
  ]) {
    expect([url, isReadable(url)]).toEqual([url, false])
  }
  for (const url of ['/a..b/.well-known/x', '/audit?subject=../x', '/.../x']) {
    expect([url, isReadable(url)]).toEqual([url, true])
  }
  // Next leads on to a whole address as it is, wherever it is.
  for (const url of ['http://evil.example/users', '*', 'users', '\\\\evil.example']) {
    expect([url, isReadable(url)]).toEqual([url, false])
  }
})

test.each([
  ['/users', { 'content-length': '2000' }, true],
  ['/users', {}, true],
  // A document of 2 MB with its form, and one byte more than any.
  ['/programme/services/toy-library', { 'content-length': String(LARGEST_FORM) }, true],
  ['/users', { 'content-length': String(LARGEST_FORM + 1) }, false],
  ['/users', { 'content-length': '60000000' }, false],
  ['/users', { 'transfer-encoding': 'chunked' }, false],
  ['/api/auth/session', { 'content-length': '60000000' }, false],
  ['/send/toy-library/2024-Q1/file', { 'content-length': '60000000' }, true],
  ['/send/toy-library/2024-Q1/file?instead=SU-1', { 'transfer-encoding': 'chunked' }, true],
  ['/api/submissions/toy-library/2024-Q1?replace=1', { 'transfer-encoding': 'chunked' }, true],
  ['/users?to=/send/a/b/file', { 'content-length': '60000000' }, false],
  ['/send/a/b/file/more', { 'content-length': '60000000' }, false],
])(
  '[S22] a body is taken where it is a file or no longer than a form: %s %o',
  (url, headers, isTaken) => {
    expect(isBodyTaken({ url, headers })).toBe(isTaken)
  },
)

test('what is taken is no more than Next takes of a form, which fails of a longer one', () => {
  const config = readFileSync(join(import.meta.dirname, '../../../../next.config.js'), 'utf8')
  const megabytes = Number(/bodySizeLimit: '(\d+)mb'/.exec(config)?.[1])
  expect(LARGEST_FORM).toBeLessThan(megabytes * 1024 * 1024)
  // A document of the page that takes the largest ones, with 64 kB for the rest of its form.
  expect(LARGEST_FORM).toBeGreaterThan(2 * 1024 * 1024)
})

test.each([
  [{ 'content-length': '5000000' }, true],
  [{ 'content-length': '80000000' }, false],
  [{ 'transfer-encoding': 'chunked' }, false],
])('whoever sends too much is answered, unless it is far too much: %o', (headers, isThrown) => {
  expect(isThrownAway({ headers })).toBe(isThrown)
})

test('[S68] what does not say that it may be kept is kept nowhere', async () => {
  const server = createServer((request, response) => {
    giveEveryHeader(response)
    if (request.url === '/kept') response.setHeader('cache-control', 'public')
    response.writeHead(308, { location: '/' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const kept = async (path: string): Promise<string | null> =>
    (await fetch(`http://127.0.0.1:${String(port)}${path}`, { redirect: 'manual' })).headers.get(
      'cache-control',
    )
  expect(await kept('/kept')).toBe('public')
  expect(await kept('/led-on')).toBe('no-store')
  server.close()
})

test('a Host that a load balancer changed is told from the one that people open', () => {
  const origin = 'https://count-once.example.gov.uk'
  expect(hasOwnHost(origin, 'Count-Once.example.gov.uk')).toBe(true)
  expect(hasOwnHost(origin, undefined)).toBe(true)
  expect(hasOwnHost(origin, '10.0.0.7:3000')).toBe(false)
})

test.each([
  [undefined, 400],
  ['HPE_INVALID_URL', 400],
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])('[S68] a request that cannot be read (%s) is answered with every header', (code, status) => {
  const [head = '', body = ''] = answerUnread(code).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1[.]1 ${String(status)} `))
  for (const [name, value] of Object.entries(ANSWER_HEADERS))
    expect(head).toContain(`\r\n${name}: ${value}`)
  expect(head).toContain(`\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n`)
})

test('[S67] a fault that Next has no page for has a number to quote, and nothing else changes', async () => {
  const told: string[] = []
  const server = createServer((request, response) => {
    numberFault(response, (reference) => told.push(reference))
    const status = request.url?.startsWith('/fault') === true ? 500 : 404
    const head = { 'content-type': 'text/plain', 'content-length': '21' }
    // Next gives its head before its words, or with them.
    if (request.url === '/fault-headed') response.writeHead(status, head)
    else response.statusCode = status
    response.end('Internal Server Error')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const text = async (path: string): Promise<string> =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).text()
    expect(await text('/fault')).toMatch(
      /tell your administrator this reference: F-[A-Z0-9-]{9}\n$/,
    )
    expect(await text('/fault-headed')).toContain(told[1])
    expect(await text('/other')).toBe('Internal Server Error')
    expect(told).toHaveLength(2)
  } finally {
    server.close()
  }
})

test('[S67] a form that nothing answers is told so in time, with a number to quote; a file and a page are waited for', async () => {
  const told: string[] = []
  const server = createServer((request, response) => {
    answerInTime(request, response, 50, (reference) => told.push(reference))
    if (request.url === '/sign-in/headed') response.writeHead(200)
    if (request.url !== '/sign-in' && request.url !== '/sign-in/headed')
      setTimeout(() => response.end('at last'), 200)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const asked = (path: string, method: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}${path}`, { method })
    const late = await asked('/sign-in', 'POST')
    expect(late.status).toBe(503)
    expect(await late.text()).toContain(told[0])
    expect(await (await asked('/sign-in/headed', 'POST')).text()).toBe('')
    expect(await (await asked('/send/baby-steps/2024-Q1/file', 'POST')).text()).toBe('at last')
    expect(await (await asked('/audit', 'GET')).text()).toBe('at last')
    expect(told).toHaveLength(1)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
