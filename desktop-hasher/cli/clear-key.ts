import { scrypt } from 'node:crypto'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { hexOf } from '#core/pseudonym/keys.ts'
import type { Console } from './console.ts'
import { asStopped, demandFreePath } from './hash-file.ts'
import { readText } from './open-keys.ts'
import { OutputFiles } from './output-files.ts'
import { readPassphrase } from './passphrase.ts'
import { stopped } from './stopped.ts'

/** What is taken out of its key file, and where to. */
export interface ClearKeyRequest {
  readonly key: string
  readonly out: string
}

/**
 * Writes the source key itself, 64 hexadecimal digits and LF, into a file that only its owner may
 * read: what a database needs, which cannot open a key file. It is never shown, and never written
 * over anything. Answers the key check value.
 */
export async function writeClearKey(
  { key, out }: ClearKeyRequest,
  terminal: Console,
): Promise<string> {
  const files = new OutputFiles()
  try {
    demandFreePath(out)
    const passphrase = await readPassphrase('COUNTONCE_PASSPHRASE', 'key file', terminal)
    const opened = await openKeyFile(await readText(key), passphrase, {
      subtle: crypto.subtle,
      scrypt,
    })
    if (!opened.ok) throw stopped(opened.code)
    const bytes = new TextEncoder().encode(`${hexOf(opened.key)}\n`)
    opened.key.fill(0)
    await (await files.begin(out)).write(bytes)
    bytes.fill(0)
    await files.complete()
    return opened.check
  } catch (error) {
    throw asStopped(error)
  } finally {
    await files.discard()
  }
}
