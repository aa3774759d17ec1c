import type { Command } from 'commander'
import { importPostcodes } from '#server/programme/postcodes/import-postcodes.ts'
import { bytesOf, demandFile, readText } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, sayRefusal } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'
import { readRegister } from './init.ts'

interface Options {
  programme?: string
  json?: true
}

/** countonce postcodes: which ward a postcode lies in. */
export function addPostcodesCommand(program: Command): void {
  const postcodes = program.command('postcodes').description('which ward a postcode lies in')
  const command = postcodes
    .command('import <file>')
    .description(
      'put the postcodes of a file in place of those of the programme: our own columns, ONS Postcode Directory or National Statistics Postcode Lookup',
    )
    .option('--programme <file>', 'the programme file, when its wards have other ONS codes now')
    .option('--json', 'print one JSON document')
  exitWith(command, async (options: Options & GlobalOptions, path: string) => {
    await demandFile(path)
    const register =
      options.programme === undefined
        ? undefined
        : readRegister(await readText(options.programme), options.programme)
    return withProgramme(options.data, async ({ pool }) => {
      const done = await importPostcodes(pool, OPERATOR, () => bytesOf(path), { register })
      if (!done.ok) return sayRefusal(done)
      const { read, postcodes: kept, terminated, leftOut, deprivation, form } = done
      if (options.json) printJson({ form, read, kept, terminated, leftOut, deprivation })
      else {
        print(`${kept} postcodes are kept of ${read} rows, ${terminated} of them no longer in use.`)
        if (leftOut > 0) print(`${leftOut} rows have no postcode that a person can have.`)
        if (form === 'ons' && deprivation === null) print('The file has no deprivation ranks.')
      }
      return DONE
    })
  })
}
