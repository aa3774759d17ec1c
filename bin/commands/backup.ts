import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { counted } from '#core/messages/reading/reading-words.ts'
import { makeBackup } from '#server/jobs/backup/make-backup.ts'
import type { BackupFile } from '#server/jobs/backup/restore-backup.ts'
import { drillBackup } from '#server/jobs/backup/drill-backup.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import {
  makeBackupKey,
  readBackupKey,
  readRecipient,
  writeBackupKey,
  writeRecipient,
} from '#server/keys/backup-key.ts'
import { readPublicKey } from '#server/keys/public-key.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Store } from '#server/store/store.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, say } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** countonce backup: copies of what the database holds, which nobody opens but who has the key. */
export function addBackupCommand(program: Command): void {
  const backup = program
    .command('backup')
    .description('copies of the database and its anchors, sealed; keys and held files are in none')
  addKey(backup)
  addMake(backup)
  addTest(backup)
}

function addKey(backup: Command): void {
  const command = backup
    .command('key')
    .description('make the pair of keys that backups are sealed for; keep the file elsewhere')
    .requiredOption('--out <file>', 'the new file of the private key')
  exitWith(command, async ({ out }: { out: string }) => {
    const pair = makeBackupKey()
    if (existsSync(out)) throw new UsageError(`there is a file ${out} already.`)
    await writeFile(out, writeBackupKey(pair), { mode: 0o600, flag: 'wx' })
    print(writeRecipient(pair))
    say('This is the public key: give it to each backup with --for, or set BACKUP_KEY to it.')
    say(`Keep ${out} where neither the programme nor its backups are: it opens every one of them.`)
    return DONE
  })
}

interface MakeOptions extends GlobalOptions {
  to: string
  for?: string
  json?: boolean
}

function addMake(backup: Command): void {
  const command = backup
    .command('make')
    .description('write what the database holds now into a new file')
    .requiredOption('--to <file>', 'the new file')
    .option('--for <key>', 'the public key that it is sealed for (or BACKUP_KEY)')
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, to, for: noted, json }: MakeOptions) => {
    const recipient = readRecipient(noted ?? process.env['BACKUP_KEY'] ?? '')
    if (recipient === undefined) {
      throw new UsageError('--for is not a public key of backups: see countonce backup key.')
    }
    return withStore(data, async (store) => {
      const made = await makeBackup(store, { path: resolve(to), recipient }, new Date())
      if (json === true) printJson(made)
      else print(`${tablesAndRows(made)} are in ${to}`)
      return DONE
    })
  })
}

interface TestOptions extends GlobalOptions {
  key: string
  signedBy?: string
  json?: boolean
}

function addTest(backup: Command): void {
  const command = backup
    .command('test <file>')
    .description('restore a backup beside the programme, check it, and take that away again')
    .requiredOption('--key <file>', 'the file of the private key')
    .option('--signed-by <key>', 'the public key of its anchors, instead of the programme’s own')
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, key, signedBy, json }: TestOptions, path: string) =>
    withStore(data, async (store) => {
      const drilled = await drillBackup(store, await readBackup(store, { path, key, signedBy }))
      if (json === true) printJson(drilled)
      else {
        print(`${tablesAndRows(drilled)} of ${drilled.madeAt} came back as they were`)
        const entries = counted(drilled.entries, 'entry', 'entries')
        const anchors = counted(drilled.anchors, 'anchor', 'anchors')
        print(`the audit trail in it is whole: ${entries}, ${anchors}`)
      }
      return DONE
    }),
  )
}

/** A backup, its key and whoever signed it, as they were named. Throws `backup-unsigned` where nobody is known. */
export async function readBackup(
  place: Pick<Store, 'dataDir' | 'env'>,
  { path, key, signedBy }: { path: string; key: string; signedBy?: string | undefined },
): Promise<BackupFile> {
  const pair = existsSync(key) ? readBackupKey(await readFile(key, 'utf8')) : undefined
  if (pair === undefined) throw new UsageError('--key is not the file of a private key of backups.')
  const signer = signedBy === undefined ? await ownSigner(place) : readPublicKey(signedBy)
  if (signer === undefined) throw new UsageError('--signed-by is not a public key of anchors.')
  return { path: resolve(path), key: pair, signer }
}

async function ownSigner(place: Pick<Store, 'dataDir' | 'env'>): Promise<KeyObject> {
  const own = await readAnchorKey(place)
  if (own === undefined) throw new Fault('backup-unsigned')
  return createPublicKey(own.key)
}

/** How much a backup holds, in words. */
export function tablesAndRows({ tables, rows }: { tables: number; rows: number }): string {
  return `${counted(rows, 'row', 'rows')} of ${counted(tables, 'table', 'tables')}`
}
