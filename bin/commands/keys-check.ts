import { scrypt } from 'node:crypto'
import type { Command } from 'commander'
import { openKeyFile, readKeyFileHeader } from '#core/key-file/key-file.ts'
import type { HasherCode } from '#core/messages/hasher/hasher-refusals.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { askSecret } from '../ask.ts'
import { readText } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, REFUSED, say } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/**
 * countonce keys check: whether a key file opens, and whether its key is one of this programme's.
 */
export function addCheck(keys: Command): void {
  const command = keys
    .command('check <file>')
    .description('open a key file and compare it with the source keys in hand; nothing is changed')
  exitWith(command, async ({ data }: GlobalOptions, path: string) => {
    const text = await readText(path)
    const header = readKeyFileHeader(text)
    if (!header.ok) return sayNotOpened(header.code)
    const passphrase = await askSecret(
      'Passphrase of the key file: ',
      'COUNTONCE_PASSPHRASE',
      false,
    )
    const opened = await openKeyFile(text, passphrase ?? '', { subtle: crypto.subtle, scrypt })
    if (!opened.ok) return sayNotOpened(opened.code)
    opened.key.fill(0)
    const { check, live } = opened
    return withProgramme(data, ({ keys: ring, programme }) => {
      print(`key check value ${check}`)
      print(live ? 'of a live programme' : 'of a programme that is not live')
      const epoch = ring.source.find((source) => source.check === check)?.epoch
      if (epoch === undefined) return Promise.resolve(sayNotOpened('key-file-of-another'))
      if (live !== programme.live) return Promise.resolve(sayNotOpened('key-file-live'))
      const isCurrent = epoch === ring.currentSource.epoch
      print(
        isCurrent
          ? `the current source key, epoch ${epoch}`
          : `an earlier source key, epoch ${epoch} of ${ring.currentSource.epoch}`,
      )
      return Promise.resolve(DONE)
    })
  })
}

function sayNotOpened(code: HasherCode): number {
  const { title, fix } = wordsOf(code)
  say(`countonce: ${title} ${fix}`)
  return REFUSED
}
