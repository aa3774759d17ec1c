import type { Command } from 'commander'
import { checkWords, fixOfCheck } from '#core/messages/operating/check-words.ts'
import { examine } from '#server/portal/examining/examine.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, REFUSED, say } from '../terminal.ts'
import { dataFolder } from '../with-store.ts'

interface Options {
  json?: true
}

const MARKS = { met: 'ok     ', weak: 'better ', missing: 'MISSING' } as const

/** countonce doctor: whether an installation has what it needs. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'look at database, keys, mail, storage, clock, disk and versions and, for a live programme, at what is missing before the first real file; exit status 3 when something is',
    )
    .option('--json', 'as one JSON document')
  exitWith(command, async ({ data, json }: Options & GlobalOptions) => {
    const checks = await examine({ dataDir: dataFolder(data), env: process.env, onNotice: say })
    const missing = checks.filter(({ state }) => state === 'missing')
    if (json === true) printJson({ checks })
    else {
      for (const { code, state, found } of checks) {
        print(`${MARKS[state]}  ${checkWords(code).name}: ${found}`)
      }
    }
    for (const { code, fault } of missing)
      say(`${checkWords(code).name}: ${fixOfCheck(code, fault)}`)
    return missing.length === 0 ? DONE : REFUSED
  })
}
