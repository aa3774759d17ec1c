import type { Command } from 'commander'
import { initKeys } from '#server/keys/keys.ts'
import { initProgramme } from '#server/programme/init-programme.ts'
import type { PostcodeRow } from '#server/programme/postcode-areas.ts'
import { parseRegister, RegisterRefused, type Register } from '#server/programme/register.ts'
import { SERVER_WORDS } from '#core/messages/refusals.ts'
import { readColumns, readText } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, REFUSED, say } from '../terminal.ts'
import { OPERATOR, withStore } from '../with-store.ts'

interface Options {
  programme: string
  postcodes?: string
}

/** countonce init: an empty store for a programme. */
export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .description('make an empty store for a programme, with keys of its own')
    .requiredOption('--programme <file>', 'the programme’s register, JSON')
    .option('--postcodes <file>', 'CSV with the columns postcode, ward, imd_decile, in_area')
  exitWith(command, async (options: Options & GlobalOptions) => {
    const register = readRegister(await readText(options.programme), options.programme)
    const postcodes = options.postcodes === undefined ? [] : await readPostcodes(options.postcodes)
    return withStore(options.data, async ({ pool, dataDir, env }) => {
      const made = await initProgramme(pool, OPERATOR, register, postcodes)
      if (!made.ok) {
        say(`countonce: ${SERVER_WORDS[made.code].title} ${SERVER_WORDS[made.code].mend}`)
        return REFUSED
      }
      const keys = await initKeys({ dataDir, env, demonstration: !register.programme.live })
      say(`${register.programme.name}: ${made.services} services, ${made.postcodes} postcodes.`)
      if (made.demonstrationAgreements)
        say('Its services have demonstration agreements: the programme is not live.')
      say(
        keys.ok ? 'Keys were made in the store’s key place.' : 'The keys that were there are used.',
      )
      return DONE
    })
  })
}

/** Reads a register, or says what is wrong with it. */
export function readRegister(text: string, path: string): Register {
  try {
    return parseRegister(text)
  } catch (error) {
    if (!(error instanceof RegisterRefused)) throw error
    throw new UsageError(`${path} is not a programme’s register:\n  ${error.problems.join('\n  ')}`)
  }
}

/** Reads a postcode file. */
export async function readPostcodes(path: string): Promise<PostcodeRow[]> {
  const rows = await readColumns(path, ['postcode', 'ward', 'imd_decile', 'in_area'])
  return rows.map((row, index) => {
    const decile = row.imd_decile === '' ? 0 : Number(row.imd_decile)
    const inArea = row.in_area === '' ? 'unknown' : row.in_area
    const fits = Number.isInteger(decile) && decile >= 0 && decile <= 10
    if (!fits || (inArea !== 'yes' && inArea !== 'no' && inArea !== 'unknown')) {
      throw new UsageError(
        `${path}, row ${index + 1}: imd_decile is 1 to 10 or blank, in_area yes, no or blank.`,
      )
    }
    return { postcode: row.postcode, ward: row.ward, imdDecile: decile, inArea }
  })
}
