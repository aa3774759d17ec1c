import type { Command } from 'commander'
import type { Purpose } from '#core/purpose/purposes.ts'
import { demandAllKeysApart, initKeys, openKeys } from '#server/keys/keys.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import { wardCodes } from '#server/programme/postcodes/import-postcodes.ts'
import type { PostcodesRead } from '#server/programme/postcodes/postcode-areas.ts'
import { readPostcodeFile } from '#server/programme/postcodes/postcode-file.ts'
import { findProgramme } from '#server/programme/register/read-programme.ts'
import { parseRegister, type Register } from '#server/programme/register/register.ts'
import type { PostcodeCode } from '#core/messages/operating/postcode-refusals.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { refuseEmbedded } from '#server/platform/opening/open-database.ts'
import { demandOrigin, inviteFirst, readTwoPeople } from '../first-administrators.ts'
import { bytesOf, demandFile, readText } from '../read-input.ts'
import { purposeOption } from '../purpose-option.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, say, sayRefusal } from '../terminal.ts'
import { dataFolder, OPERATOR, withStore } from '../with-store.ts'

interface Options {
  programme: string
  postcodes?: string
  purpose?: Purpose
  administrator: string[]
}

/** countonce init: an empty store for a programme. */
export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .description('make an empty store for a programme, with keys of its own')
    .requiredOption('--programme <file>', 'the programme’s register, JSON')
    .option(
      '--postcodes <file>',
      'CSV with the columns postcode, ward, imd_decile, in_area; or the ONS Postcode Directory or National Statistics Postcode Lookup',
    )
    .option(
      '--administrator <email>',
      'who is invited as an administrator, "EMAIL" or "NAME <EMAIL>"; given twice, for two people (needs COUNTONCE_ORIGIN)',
      (given: string, others: string[]) => [...others, given],
      [],
    )
    .addOption(purposeOption())
  exitWith(command, async (options: Options & GlobalOptions) => {
    const register = forPurpose(
      readRegister(await readText(options.programme), options.programme),
      options.purpose,
    )
    const postcodes = await readPostcodes(options.postcodes, register)
    if (!postcodes.ok) return sayRefusal(postcodes)
    const wanted = options.administrator
    const people = wanted.length === 0 ? undefined : readTwoPeople(wanted)
    // Before anything is made: what is missing is then given, and the same command run again.
    if (people !== undefined) demandOrigin(process.env)
    if (register.programme.live) {
      refuseEmbedded(process.env)
      await demandAllKeysApart({ dataDir: dataFolder(options.data), env: process.env })
    }
    return withStore(options.data, async ({ pool, dataDir, env }) => {
      if ((await findProgramme(pool)) !== undefined) return sayRefusal(refuse('programme-exists'))
      // A place of keys that is not as it must be leaves no programme: the same command is run again.
      const keys = await initKeys({
        ...{ dataDir, env, demonstration: !register.programme.live },
        purpose: register.programme.purpose,
      })
      if (!keys.ok) {
        // Keys of another purpose are refused before there is a programme that could not open them.
        await openKeys({ dataDir, env, live: false, purpose: register.programme.purpose })
      }
      const made = await initProgramme(pool, OPERATOR, register, postcodes.rows)
      if (!made.ok) return sayRefusal(made)
      say(`${register.programme.name}: ${made.services} services, ${made.postcodes} postcodes.`)
      if (made.demonstrationAgreements)
        say('Its services have demonstration agreements: the programme is not live.')
      say(
        keys.ok ? 'Keys were made in the store’s key place.' : 'The keys that were there are used.',
      )
      if (people !== undefined) {
        return inviteFirst({ pool, dataDir, env }, register.programme, people)
      }
      if (register.programme.live) {
        say('Nobody can sign in yet: run countonce administrators invite for each of two people.')
      }
      return DONE
    })
  })
}

/** A register with what its deployment is for: reach where neither it nor the command says. */
function forPurpose(
  register: Register,
  asked: Purpose | undefined,
): Register & { readonly programme: { readonly purpose: Purpose } } {
  const { purpose } = register.programme
  if (asked !== undefined && purpose !== undefined && asked !== purpose) {
    throw new UsageError(`the register is for ${purpose}, and --purpose says ${asked}`)
  }
  return { ...register, programme: { ...register.programme, purpose: asked ?? purpose ?? 'reach' } }
}

/** Reads a register, or says what is wrong with it. */
export function readRegister(text: string, path: string): Register {
  const read = parseRegister(text)
  if (read.ok) return read.register
  throw new UsageError(`${path} is not a programme’s register:\n  ${read.problems.join('\n  ')}`)
}

/** Reads a postcode file for a register; without one there are no postcodes. */
export async function readPostcodes(
  path: string | undefined,
  register: Register,
): Promise<Pick<PostcodesRead, 'ok' | 'rows'> | Refusal<PostcodeCode>> {
  if (path === undefined) return { ok: true, rows: [] }
  await demandFile(path)
  return readPostcodeFile(() => bytesOf(path), wardCodes(register))
}
