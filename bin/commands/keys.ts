import type { Command } from 'commander'
import type { Purpose } from '#core/purpose/purposes.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Wanted } from '#server/identity/approvals/approval.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { initKeys, openKeys, rotatePlatformKey, type Keys } from '#server/keys/keys.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { rekeyRecords } from '#server/linkage/links/rekey-records.ts'
import { demandConsent, reasonOption, sayConsent, type ConsentOptions } from '../consent.ts'
import { purposeOption } from '../purpose-option.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, sayRefusal } from '../terminal.ts'
import { addCheck } from './keys-check.ts'
import { addRotateSource, addUnbridged } from './keys-epochs.ts'
import { addExportSource } from './keys-export.ts'
import { dataFolder, OPERATOR, withProgramme } from '../with-store.ts'

/**
 * countonce keys: the keys of a programme. Their check values are shown, and nothing else of them.
 */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('the keys of a programme; only check values are ever shown')
  addInit(keys)
  addRotate(keys)
  addShow(keys)
  addExportSource(keys)
  addRotateSource(keys)
  addUnbridged(keys)
  addCheck(keys)
}

interface KeysInit {
  readonly demonstration?: boolean
  readonly purpose?: Purpose
}

function addInit(keys: Command): void {
  const command = keys
    .command('init')
    .description('make the keys of a programme that has none yet')
    .option('--demonstration', 'mark them as a demonstration’s: no live programme opens with them')
    .addOption(purposeOption())
  exitWith(command, async (options: KeysInit & GlobalOptions) => {
    const made = await initKeys({
      dataDir: dataFolder(options.data),
      env: process.env,
      demonstration: options.demonstration === true,
      ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    })
    if (!made.ok) {
      return sayRefusal(made)
    }
    print(`source key ${made.keys.currentSource.check}`)
    return DONE
  })
}

function addRotate(keys: Command): void {
  const command = keys
    .command('rotate')
    .description(
      'ask for another platform key; run again once another administrator has approved it, everything stored is carried forward to it; no figure changes',
    )
    .option('--as <user>', 'the administrator who asks: email address or reference')
    .addOption(reasonOption('platform-key-rotation'))
  exitWith(command, ({ data, ...said }: ConsentOptions & GlobalOptions) =>
    withProgramme(data, async (store) => {
      const place = { dataDir: store.dataDir, env: store.env }
      const reached = await reachedChecks(store.pool)
      const last = store.keys.platform.at(-1)?.check
      // A rotation that was interrupted has its key already: it is continued, not begun again.
      const isHalfDone = reached.some((check) => check !== null && check !== last)
      if (isHalfDone) {
        return carryForward(
          store,
          await openKeys({
            ...place,
            live: store.programme.live,
            purpose: store.programme.purpose,
          }),
          OPERATOR,
        )
      }
      const agreed = await demandConsent(store, rotationWanted(store), said)
      if (!agreed.ok) return sayConsent(agreed)
      const used = await withTransaction(store.pool, agreed.use)
      if (!used.ok) return sayRefusal(used)
      return carryForward(store, await rotatePlatformKey(place), agreed.by)
    }),
  )
}

/** The check value says which key it is that another comes after. */
function rotationWanted({ keys, programme }: OwnProgrammeStore): Omit<Wanted, 'reason'> {
  const platformKey = keys.platform.at(-1)?.check ?? ''
  return {
    ...{ kind: 'platform-key-rotation', subject: programme.code, providerCode: null },
    particulars: { platformKey },
  }
}

async function carryForward(
  { pool }: OwnProgrammeStore,
  { platform }: Pick<Keys, 'platform'>,
  by: string,
): Promise<number> {
  const { records, check } = await rekeyRecords(pool, platform, by)
  print(`${records} records carried forward to platform key ${check}`)
  return DONE
}

async function reachedChecks(database: Database): Promise<(string | null)[]> {
  const states = await inPrisma(database, (prisma) => prisma.linkageState.findMany())
  return states.map(({ platformKeyCheck }) => platformKeyCheck)
}

function addShow(keys: Command): void {
  const command = keys.command('show').description('show the check values of the keys in hand')
  exitWith(command, ({ data }: GlobalOptions) =>
    withProgramme(data, ({ keys: ring }) => {
      for (const { epoch, check } of ring.source) print(`source key, epoch ${epoch}: ${check}`)
      ring.platform.forEach(({ check }, index) => {
        print(`platform key ${index + 1}: ${check}`)
      })
      if (ring.demonstration) print(wordsOf('keys-demonstration').title)
      return Promise.resolve(DONE)
    }),
  )
}
