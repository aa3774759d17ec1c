import type { Command } from 'commander'
import { parseFramework, type Framework } from '#core/framework/framework.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { putFramework, readFramework } from '#server/programme/register/framework-versions.ts'
import { demandFile, readText } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  json?: true
}

/** countonce framework: the shared measurement framework that outcomes are checked against. */
export function addFrameworkCommand(program: Command): void {
  const command = program
    .command('framework')
    .description('show the shared measurement framework, or put that of a file in use')
    .argument('[file]', 'JSON: outcomes, measures and instruments')
    .option('--json', 'print one JSON document')
  exitWith(command, async ({ data, json }: Options & GlobalOptions, path?: string) => {
    const given = path === undefined ? undefined : await readFrameworkFile(path)
    return withProgramme(data, async ({ pool }) => {
      if (given !== undefined) await putFramework(pool, OPERATOR, given, new Date())
      const kept = await readFramework(pool)
      if (json === true) printJson(kept ?? null)
      else if (kept === undefined) print('There is no measurement framework yet.')
      else {
        const { outcomes, measures, instruments } = kept.framework
        print(
          `Version ${kept.version}: ${outcomes.length} outcomes, ${measures.length} measures, ${instruments.length} instruments.`,
        )
      }
      return DONE
    })
  })
}

/** Reads a framework file, or says what is wrong with it. */
export async function readFrameworkFile(path: string): Promise<Framework> {
  await demandFile(path)
  const parsed = parseFramework(await readText(path))
  if (parsed.ok) return parsed.framework
  const { at, why } = parsed
  const { title } = wordsOf('framework-unusable')
  throw new UsageError(`${path}: ${title} ${at === '' ? '' : `${at}: `}${why}.`)
}
