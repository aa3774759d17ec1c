import { InvalidArgumentError, type Command } from 'commander'
import { importPopulations } from '#server/programme/populations/import-populations.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { demandFile, readText } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, REFUSED, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  year?: number
  json?: true
}

/** countonce populations: how many people of each age live in a ward. */
export function addPopulationsCommand(program: Command): void {
  const populations = program
    .command('populations')
    .description('how many people of each age live in a ward')
  const command = populations
    .command('import <file>')
    .description(
      'put the populations of a CSV file in place of those of the same years: columns ward, year, age, people, or a ward sheet of the ONS mid-year estimates',
    )
    .option('--year <year>', 'of which year a sheet of the ONS is', parseYear)
    .option('--json', 'print one JSON document')
  exitWith(command, async ({ data, year, json }: Options & GlobalOptions, path: string) => {
    await demandFile(path)
    const text = await readText(path)
    return withProgramme(data, async ({ pool }) => {
      const read = await importPopulations(pool, OPERATOR, text, year)
      if (json) printJson(read)
      else if (!read.ok) {
        say('countonce: The population file cannot be used. Nothing of it is kept.')
        for (const problem of read.problems) say(`  ${problem}.`)
      } else {
        const wards = new Set(read.people.map(({ ward }) => ward)).size
        print(
          `${counted(wards, 'ward', 'wards')}: populations are kept for ${read.years.join(', ')}.`,
        )
        if (read.others > 0)
          print(`${counted(read.others, 'row', 'rows')} of other wards: left out.`)
        for (const ward of read.missing) print(`The file has nothing of the ward ${ward}.`)
      }
      return read.ok ? DONE : REFUSED
    })
  })
}

function parseYear(text: string): number {
  if (!/^(?:19|20)[0-9]{2}$/.test(text)) throw new InvalidArgumentError('Write it as 2024.')
  return Number(text)
}
