import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps what it is given. */
export interface PostOffice {
  /** For SMTP_URL. */
  readonly url: string
  /** Where the mails lie, one a file, named in the order in which they came. */
  readonly folder: string
  close(): Promise<void>
}

/** Opens a mail server on a free port of this machine. */
export async function openPostOffice(): Promise<PostOffice> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-mail-'))
  let came = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        came += 1
        const name = `${String(came).padStart(6, '0')}.eml`
        // As the pages of tests read it: one line end, however it went over the wire.
        writeFile(join(folder, name), text.replaceAll('\r\n', '\n')).then(() => {
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    folder,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(resolve)
      })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
