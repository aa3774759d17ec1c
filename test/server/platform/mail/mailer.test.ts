import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import {
  changeMail,
  closedAccountMail,
  forgottenPasswordMail,
  invitationMail,
} from '#server/identity/accounts/account-mails.ts'
import { openMailer } from '#server/platform/mail/mailer.ts'

const FRAME = {
  to: 'sam@example.org',
  programme: 'Northern Early Years',
  origin: 'https://portal.example',
}

const LINK = {
  ...{ ticket: 'TICKET', minutes: 60, isClosed: true },
  until: new Date('2026-10-25T01:30:00Z'),
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function openPost(host = '127.0.0.1'): Promise<{ url: string; received: string[] }> {
  const received: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        received.push(text)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve)
  })
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
      }),
  )
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://${host}:${port}`, received }
}

async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-mail-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'mail')
}

test('is sent to a mail server', async () => {
  const { url, received } = await openPost()
  const mailer = openMailer({ smtpUrl: url, from: 'count-once@portal.example', folder: '' })
  await mailer.send(invitationMail(FRAME, LINK))
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('To: sam@example.org')
  expect(received[0]).toContain('From: count-once@portal.example')
  // Quoted-printable: a long line is folded.
  expect(received[0]?.replaceAll('=\r\n', '')).toContain('https://portal.example/set-password?link')
})

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((network) => network?.family === 'IPv4' && !network.internal)?.address

test.skipIf(elsewhere === undefined)(
  '[S71] of a live programme does not leave this machine without TLS',
  async () => {
    const { url, received } = await openPost(elsewhere)
    const place = { smtpUrl: url, from: 'count-once@portal.example', folder: '' }
    const mail = invitationMail(FRAME, LINK)
    await expect(openMailer({ ...place, live: true }).send(mail)).rejects.toThrow('mail-unsent')
    expect(received).toEqual([])
    await openMailer({ ...place, live: false }).send(mail)
    expect(received).toHaveLength(1)
  },
)

test('cannot be given a second recipient or header', async () => {
  const { url, received } = await openPost()
  const mailer = openMailer({ smtpUrl: url, from: 'count-once@portal.example', folder: '' })
  await mailer
    .send({
      to: 'sam@example.org\r\nBcc: evil@example.com',
      subject: 'one\r\nX-Forged: yes',
      text: 'text',
    })
    .catch(() => undefined)
  expect(received.join('\n')).not.toMatch(/^Bcc:|^X-Forged:/m)
})

test('that cannot be sent is a fault without the address', async () => {
  const mailer = openMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@portal.example', folder: '' })
  const error = await mailer.send(invitationMail(FRAME, LINK)).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'mail-unsent' })
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('sam@')
})

test('without a mail server is kept in a folder that nobody else can read', async () => {
  const folder = await openFolder()
  const mailer = openMailer({ smtpUrl: undefined, from: 'count-once@localhost', folder })
  await mailer.send(forgottenPasswordMail(FRAME, LINK))
  const [name = ''] = await readdir(folder)
  expect((await stat(folder)).mode & 0o077).toBe(0)
  expect((await stat(join(folder, name))).mode & 0o077).toBe(0)
  expect(await readFile(join(folder, name), 'utf8')).toContain('To: sam@example.org')
})

test('holds no personal data but the address, and one link at most', () => {
  const invitation = invitationMail(FRAME, LINK)
  // The hour that comes twice in October is the later of them.
  expect(invitation.text).toContain('Set your password by 25 October 2026 at 01:30:')
  const mails = [
    invitation,
    forgottenPasswordMail(FRAME, LINK),
    changeMail(FRAME, 'password-set'),
    changeMail(FRAME, 'recovery-code-used'),
    changeMail(FRAME, 'closed'),
    closedAccountMail(FRAME, 'U-2345ABCD'),
  ]
  for (const { text, subject } of mails) {
    expect(`${subject} ${text}`).not.toContain('sam')
    expect(text.match(/https:/g)).toHaveLength(1)
  }
})
