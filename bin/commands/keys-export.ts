import type { Command } from 'commander'
import { passwordProblem } from '#server/identity/accounts/passwords.ts'
import { provePerson } from '#server/identity/accounts/prove-person.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { exportSource } from '#server/keys/export-source.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { approveSourceExport, askSourceExport } from '#server/keys/source-exports.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { ask, askSecret } from '../ask.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, REFUSED, say, sayRefusal } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/**
 * Shorter passphrases of a key file are refused: whoever has the file may try as often as they
 * like.
 */
const SHORTEST_PASSPHRASE = 16

interface ExportOptions {
  out: string
  as: string
  epoch?: string
}

/**
 * countonce keys export-source: the key file of the specification and the area file, with two
 * people.
 */
export function addExportSource(keys: Command): void {
  const command = keys
    .command('export-source')
    .description(
      'ask for the source key to leave in a key file; run again once another administrator has agreed, it is written with the area file beside it',
    )
    .requiredOption('--out <file>', 'the key file; the area file is beside it, FILE.area')
    .requiredOption('--as <user>', 'the administrator who exports: email address or reference')
    .option('--epoch <n>', 'an earlier source key, for the bridge quarter after a rotation')
  exitWith(command, ({ data, out, as, epoch }: ExportOptions & GlobalOptions) =>
    withProgramme(data, async (store) => {
      const key =
        epoch === undefined
          ? store.keys.currentSource
          : store.keys.source.find((source) => String(source.epoch) === epoch)
      if (key === undefined) return sayRefusal(refuse('epoch-unknown'))
      const proved = await prove(store, as)
      if (!proved.ok) return sayRefusal(proved)
      const asked = await askSourceExport(store.pool, proved.actor, key, new Date())
      if (!asked.ok) return sayNoAdministrator()
      const { request, stage } = asked
      if (stage === 'waiting') {
        print(request.reference)
        say(`The key ${key.check} (epoch ${key.epoch}) waits for a second administrator.`)
        return sayRefusal(refuse('export-waits', { request: request.reference }))
      }
      const passphrase = await newPassphrase(store)
      if (typeof passphrase !== 'string') return sayRefusal(passphrase)
      const place = { keyFile: out, areaFile: `${out}.area`, passphrase }
      const done = await exportSource(store, proved.actor, request.reference, place, new Date())
      if (!done.ok) return sayRefusal(done)
      print(`source key ${key.check} (epoch ${key.epoch}) is in ${out}`)
      print(`area file ${place.areaFile}`)
      say('Send the passphrase another way than the files, and delete both here once they arrived.')
      return DONE
    }),
  )
}

/** countonce keys approve: the second person agrees. */
export function addApprove(keys: Command): void {
  const command = keys
    .command('approve <reference>')
    .description('agree to another administrator’s export of the source key')
    .requiredOption('--as <user>', 'the administrator who agrees: email address or reference')
  exitWith(command, ({ data, as }: { as: string } & GlobalOptions, reference: string) =>
    withProgramme(data, async (store) => {
      const proved = await prove(store, as)
      if (!proved.ok) return sayRefusal(proved)
      const approved = await approveSourceExport(store.pool, proved.actor, reference, new Date())
      if (!approved.ok) {
        if (approved.code !== 'not-found') return sayRefusal(approved)
        say('countonce: there is no such request, or you are no administrator.')
        return REFUSED
      }
      const { keyCheck, epoch } = approved.request
      print(`approved: source key ${keyCheck} (epoch ${epoch}), one export within 24 hours`)
      return DONE
    }),
  )
}

async function prove(
  { pool, dataDir, env }: OwnProgrammeStore,
  user: string,
): Promise<{ readonly ok: true; readonly actor: Actor } | Refusal> {
  const code = await ask(`One-time code of ${user}: `, 'COUNTONCE_CODE')
  const portalKey = await openPortalKey({ dataDir, env })
  return provePerson({ pool, portalKey, now: () => new Date() }, { user, code })
}

function sayNoAdministrator(): number {
  say('countonce: only an administrator exports the source key.')
  return REFUSED
}

async function newPassphrase({ programme }: OwnProgrammeStore): Promise<string | Refusal> {
  const typed = await askSecret('Passphrase of the key file: ', 'COUNTONCE_PASSPHRASE', true)
  if (typed === undefined) return refuse('passphrases-differ')
  const problem = passwordProblem(typed, [programme.code, programme.name])
  if (problem === undefined && Array.from(typed).length >= SHORTEST_PASSPHRASE) return typed
  throw new UsageError(
    `the passphrase is too easy to guess: use ${SHORTEST_PASSPHRASE} characters or more, for instance five words that have nothing to do with each other. Nothing was exported.`,
  )
}
