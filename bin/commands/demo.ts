import { InvalidArgumentError, type Command } from 'commander'
import { finishDemonstration, openDemonstration, showDemonstration } from '../demonstration.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, REFUSED, say } from '../terminal.ts'
import { dataFolder, withProgramme } from '../with-store.ts'

interface Options {
  seed: number
  people: number
}

/** countonce demo: an invented programme, ingested and counted. */
export function addDemoCommand(program: Command): void {
  const command = program
    .command('demo')
    .description(
      'make an invented programme: eleven services, three quarters, ingested and counted',
    )
    .option('--seed <n>', 'another seed makes other people', parseCount, 1)
    .option('--people <n>', 'how many people live in its families', parseCount, 3000)
  exitWith(command, async ({ data, seed, people }: Options & GlobalOptions) => {
    const store = await openDemonstration(dataFolder(data), { seed, people })
    try {
      await finishDemonstration(store)
      return await showDemonstration(store)
    } finally {
      await store.close()
    }
  })
  addCodeCommand(command)
}

/** countonce demo code: what the authenticator of a demonstration account would show. */
function addCodeCommand(demo: Command): void {
  const command = demo
    .command('code')
    .description('the present one-time code of a demonstration account')
    .argument('<user>', 'its email address, or what stands before the @')
  exitWith(command, async ({ data }: GlobalOptions, user = '') => {
    const { demonstrationCode } = await import('#demonstration/demonstration-accounts.ts')
    const { openPortalKey } = await import('#server/keys/portal-key.ts')
    return withProgramme(data, async ({ pool, dataDir, env, programme, keys }) => {
      const portalKey = await openPortalKey({ dataDir, env })
      const shown = await demonstrationCode({ pool, portalKey, programme, keys }, user, new Date())
      if (!shown.ok) {
        say(
          shown.code === 'not-found'
            ? 'countonce: there is no demonstration account of this name.'
            : 'countonce: codes are shown for demonstrations only.',
        )
        return REFUSED
      }
      print(shown.code)
      say(`good for ${shown.secondsLeft} seconds`)
      return DONE
    })
  })
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('A whole number from 1.')
  return count
}
