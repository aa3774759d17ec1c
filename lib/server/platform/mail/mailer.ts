import { mkdir, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { Fault } from '#server/platform/faults/fault.ts'

/** A mail in plain words: no personal data but the address it goes to, and one link at most. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** For how long it is of use, where that is known: a link ends. */
  readonly minutes?: number
}

/** Sends mail, or keeps it in a folder where there is no server for it. */
export interface Mailer {
  /** Throws `mail-unsent`, without the address. */
  send(mail: Mail): Promise<void>
}

/** How mail leaves. */
export interface MailPlace {
  /** `smtps://user:password@host:465` or `smtp://…`; without it mails are written to `folder`. */
  readonly smtpUrl?: string | undefined
  readonly from: string
  readonly folder: string
  /** Whether mails are of real people: then they leave this machine under TLS or not at all. */
  readonly live?: boolean
}

const OWN_MACHINE = ['127.0.0.1', 'localhost', '[::1]']

/** Opens the way out for mails. Nothing is sent yet. */
export function openMailer({ smtpUrl, from, folder, live = false }: MailPlace): Mailer {
  if (smtpUrl === undefined || smtpUrl === '') return folderMailer(from, folder)
  const transport = openTransport(smtpUrl, live, from)
  return {
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({ to: oneAddress(to), subject: oneLine(subject), text })
      } catch {
        // The transport's own message quotes the address.
        throw new Fault('mail-unsent')
      }
    },
  }
}

function openTransport(
  smtpUrl: string,
  live: boolean,
  from?: string,
): ReturnType<typeof createTransport> {
  const { hostname } = new URL(smtpUrl)
  return createTransport(
    { url: smtpUrl, requireTLS: live && !OWN_MACHINE.includes(hostname) },
    // A mail holds no file and no address of the web: nothing is ever fetched to be attached.
    { from, disableFileAccess: true, disableUrlAccess: true },
  )
}

/** Whether the mail server answers and lets us in, without a mail being sent; true for a folder. */
export async function reachesMail({ smtpUrl, live = false }: MailPlace): Promise<boolean> {
  if (smtpUrl === undefined || smtpUrl === '') return true
  return openTransport(smtpUrl, live)
    .verify()
    .then(
      () => true,
      () => false,
    )
}

/** The demonstration's post: one file a mail, readable by the operator alone. */
function folderMailer(from: string, folder: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send({ to, subject, text }) {
      const written = await transport.sendMail({
        from,
        to: oneAddress(to),
        subject: oneLine(subject),
        text,
      })
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}.eml`
        await writeFile(join(folder, name), written.message as Buffer, { mode: 0o600, flag: 'wx' })
      } catch {
        throw new Fault('mail-unsent')
      }
    },
  }
}

/** As an object the address is one address, whatever commas it holds. */
function oneAddress(address: string): { name: string; address: string } {
  return { name: '', address: oneLine(address) }
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
