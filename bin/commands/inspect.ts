import { basename } from 'node:path'
import type { Command } from 'commander'
import { quarterOf } from '#core/standard/quarter.ts'
import type { ReadingTold } from '#core/tabular/table.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import { inspectAsProposed, inspectFile } from '#server/intake/held-files/try-file.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  demandFile,
  ENCODING_HELP,
  PEOPLE_HELP,
  parseEncoding,
  parsePeople,
  parseRow,
  toldOf,
} from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { sayNotRead, sayProposals, sayReceipt } from '../show-submission.ts'
import { DONE, print, printJson, printTable } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

interface Options extends ReadingTold {
  service?: string
  asProposed?: boolean
  json?: boolean
}

/** countonce inspect: how a file is read and its columns are matched; nothing is kept. */
export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .description('show how a file is read and which mapping is suggested; nothing of it is kept')
    .argument('<file>', 'CSV, XLSX or ODS')
    .option('--service <code>', 'the service whose last mapping is tried first')
    .option('--header-row <number>', 'the row of the file that holds the headings', parseRow)
    .option('--encoding <name>', ENCODING_HELP, parseEncoding)
    .option('--people <rows>', PEOPLE_HELP, parsePeople)
    .option('--as-proposed', 'take every shape that is proposed in the likeliest way')
    .option('--json', 'print one JSON document')
  exitWith(command, async (options: Options & GlobalOptions, path = '') => {
    await demandFile(path)
    return withProgramme(options.data, async (store) => {
      const service =
        options.service === undefined ? undefined : await readService(store.pool, options.service)
      if (options.service !== undefined && service === undefined)
        throw new UsageError(wordsOf('service-unknown').title)
      const file = {
        path,
        name: basename(path),
        quarter: quarterOf(store.programme.to),
        service,
        told: toldOf(options),
      }
      const inspect = options.asProposed === true ? inspectAsProposed : inspectFile
      const read = await inspect(store, file)
      if (!read.ok) return sayNotRead(read, options.json === true)
      const { receipt, mapping, suggestions, proposals } = read.opened
      if (options.json === true) printJson({ receipt, mapping, suggestions, proposals })
      else {
        sayReceipt(receipt)
        sayProposals(proposals)
        printTable(
          ['field', 'column', 'certainty', 'reason'],
          suggestions.map(({ field, column, certainty, reason }) => [
            field,
            column,
            certainty,
            reason,
          ]),
        )
        print()
        printJson(mapping)
      }
      return DONE
    })
  })
}
