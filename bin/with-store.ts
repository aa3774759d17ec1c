import { resolve } from 'node:path'
import { wordsOf } from '#core/messages/words-of.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import {
  openProgrammeStore,
  openStore,
  type OwnProgrammeStore,
  type Store,
} from '#server/store/store.ts'
import { databaseFault, isDatabaseError } from '#server/platform/db/database-fault.ts'
import { FAULT, printJson, say } from './terminal.ts'

/** Who the command line acts as in the audit log. */
export const OPERATOR = 'operator'

/** The folder of `--data`, COUNTONCE_DATA, or .data. */
export function dataFolder(given: string | undefined): string {
  return resolve(given ?? process.env['COUNTONCE_DATA'] ?? '.data')
}

/**
 * Opens the store of a data folder with its programme, runs a command on it, and closes it whatever
 * happens.
 */
export async function withProgramme(
  data: string | undefined,
  command: (store: OwnProgrammeStore) => Promise<number>,
): Promise<number> {
  return closing(await openProgrammeStore(place(data)), command)
}

/** The same for a store that may have no programme yet. */
export async function withStore(
  data: string | undefined,
  command: (store: Store) => Promise<number>,
): Promise<number> {
  return closing(await openStore(place(data)), command)
}

function place(data: string | undefined): Parameters<typeof openStore>[0] {
  return { dataDir: dataFolder(data), env: process.env, onNotice: say }
}

async function closing<S extends Store>(
  store: S,
  command: (store: S) => Promise<number>,
): Promise<number> {
  try {
    return await command(store)
  } finally {
    await store.close()
  }
}

/**
 * Says what failed in words and how to fix it; answers the exit status. Never a value of a row,
 * never a stack. With `asJson` standard output holds the same as its one document.
 */
export function sayFault(error: unknown, asJson = false): number {
  const fault =
    error instanceof Fault ? error : isDatabaseError(error) ? databaseFault(error) : undefined
  if (fault === undefined) {
    const name = error instanceof Error ? error.name : 'error'
    const title = `something failed that should not have (${name}). Nothing was left half done.`
    if (asJson) printJson({ fault: { code: 'unexpected', title } })
    say(`countonce: ${title}`)
    if (process.env['COUNTONCE_DEBUG'] === '1' && error instanceof Error) say(error.stack)
    return FAULT
  }
  const { code, detail, reference } = fault
  const words = wordsOf(code)
  if (asJson) printJson({ fault: { code, ...words, detail, reference } })
  const told = Object.entries(detail).map(([name, value]) => `${name} ${value}`)
  say(`countonce: ${words.title}`)
  say(`  ${words.fix}`)
  say(`  ${[code, ...told, `reference ${reference}`].join(' · ')}`)
  return FAULT
}
