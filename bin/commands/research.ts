import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Option, type Command } from 'commander'
import { unzipSync } from 'fflate'
import { z } from 'zod'
import {
  DESTRUCTION_WAYS,
  RESEARCH_BASES,
  RESEARCH_COHORTS,
  type CohortCode,
} from '#core/messages/research/research-words.ts'
import { MOST_VARIABLES, VARIABLE_CODES, type VariableCode } from '#core/research/variables.ts'
import { isQuarter } from '#core/standard/quarter.ts'
import {
  fetchExtract,
  listProjects,
  listRemovals,
  noteDestruction,
  openProject,
  readProject,
  type Certificate,
} from '#server/figures/extracts/research-projects.ts'
import { openExtract } from '#server/figures/extracts/sealed-extract.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { askExtract } from '#server/jobs/acts/extract-acts.ts'
import {
  makeBackupKey,
  readBackupKey,
  writeBackupKey,
  writeRecipient,
} from '#server/keys/backup-key.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { proveUser } from '../consent.ts'
import { readText } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable, say, sayRefusal } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/** countonce research: projects and their extracts, as in the portal; and opening one where it is worked on. */
export function addResearchCommand(program: Command): void {
  const research = program
    .command('research')
    .description('extracts for researchers; a second person approves them in the portal')
  addKey(research)
  addList(research)
  addOpen(research)
  addShow(research)
  addAsk(research)
  addFetch(research)
  addRemovals(research)
  addCertify(research)
  addUnseal(research)
}

interface As extends GlobalOptions {
  as: string
  json?: boolean
}

const AS = ['--as <person>', 'who acts: email address or reference'] as const
const JSON_ONE = ['--json', 'print one JSON document'] as const

type Proved = Extract<Awaited<ReturnType<typeof proveUser>>, { readonly ok: true }>

/** Runs a step under the named account, proved by its present code. */
function asPerson(
  { data, as }: As,
  step: (store: OwnProgrammeStore, person: Proved) => Promise<number>,
): Promise<number> {
  return withProgramme(data, async (store) => {
    const person = await proveUser(store, as)
    return person.ok ? step(store, person) : sayRefusal(person)
  })
}

const contextOf = ({ pool }: OwnProgrammeStore) => ({ pool, now: () => new Date() })

function addKey(research: Command): void {
  const command = research
    .command('key')
    .description('make the pair of keys of an environment; run it there, and keep the file there')
    .requiredOption('--out <file>', 'the new file of the private key')
  exitWith(command, async ({ out }: { out: string }) => {
    if (existsSync(out)) throw new UsageError(`there is a file ${out} already.`)
    const pair = makeBackupKey()
    await writeFile(out, writeBackupKey(pair), { mode: 0o600, flag: 'wx' })
    print(writeRecipient(pair))
    say('This is the public key of the environment: it goes into the register of the project.')
    return DONE
  })
}

function addList(research: Command): void {
  const command = research
    .command('list')
    .description('list projects')
    .requiredOption(...AS)
    .option(...JSON_ONE)
  exitWith(command, (options: As) =>
    asPerson(options, async (store, { actor }) => {
      const projects = await listProjects(contextOf(store), actor)
      if (options.json === true) printJson(projects)
      else {
        printTable(
          ['Project', 'Title', 'Ends on'],
          projects.map(({ reference, title, endsOn }) => [reference, title, endsOn]),
        )
      }
      return DONE
    }),
  )
}

const day = z.iso.date()

const projectForm = z.strictObject({
  title: z.string().trim().min(1).max(200),
  purpose: z.string().trim().min(1).max(2000),
  people: z.array(z.string().trim().min(1)).min(1).max(30),
  legalBasis: z.enum(Object.keys(RESEARCH_BASES) as (keyof typeof RESEARCH_BASES)[]),
  environment: z.string().trim().min(1).max(500),
  recipient: z.string(),
  endsOn: day,
  approvals: z.array(z.strictObject({ givenBy: z.string().trim().min(1).max(200), givenOn: day })),
})

function addOpen(research: Command): void {
  const command = research
    .command('open <file>')
    .description('write a project into the register, from a JSON file; prints its reference')
    .requiredOption(...AS)
  exitWith(command, (options: As, path: string) =>
    asPerson(options, async (store, { actor }) => {
      const project = projectForm.safeParse(await readJson(path))
      if (!project.success) {
        const names = project.error.issues.map((issue) => issue.path.join('.')).join(', ')
        throw new UsageError(`the project is not whole: ${names}.`)
      }
      const opened = await openProject(contextOf(store), actor, project.data)
      if (!opened.ok) return sayRefusal(opened)
      print(opened.reference)
      return DONE
    }),
  )
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError('the file is not JSON.')
  }
}

function addShow(research: Command): void {
  const command = research
    .command('show <project>')
    .description('show a project and what it was given')
    .requiredOption(...AS)
    .option(...JSON_ONE)
  exitWith(command, (options: As, reference: string) =>
    asPerson(options, async (store, { actor }) => {
      const view = await readProject(contextOf(store), actor, reference)
      if (!view.ok) return sayRefusal(view)
      const { project, extracts } = view
      if (options.json === true) printJson({ project, extracts })
      else {
        print(`${project.title}, until ${project.endsOn}`)
        printTable(
          ['Extract', 'Rows', 'Left out', 'Loss', 'Expires on', 'Left since'],
          extracts.map(({ made, expiresOn, removals, ...extract }) => [
            ...[extract.reference, made?.rows ?? '', made?.leftOut ?? ''],
            ...[made?.loss.toFixed(3) ?? 'not made', expiresOn, removals],
          ]),
        )
      }
      return DONE
    }),
  )
}

interface AskOptions extends As {
  tell: string
  cohort: CohortCode
  from: string
  to: string
}

function addAsk(research: Command): void {
  const command = research
    .command('ask <project>')
    .description('ask a second person to have an extract made, who approves it in the portal')
    .requiredOption(...AS)
    .requiredOption(
      '--tell <variables>',
      `what is told of each, separated by commas, ${String(MOST_VARIABLES)} at most: ${VARIABLE_CODES.join(', ')}`,
    )
    .addOption(
      new Option('--cohort <who>', 'who is in it')
        .choices(Object.keys(RESEARCH_COHORTS))
        .default('everybody'),
    )
    .requiredOption('--from <quarter>', 'the first quarter, as 2024-Q1')
    .requiredOption('--to <quarter>', 'the last quarter')
  exitWith(command, (options: AskOptions, project: string) => {
    const { from, to, cohort } = options
    const variables = [...new Set(options.tell.split(',').map((code) => code.trim()))]
    if (!variables.every(isVariable)) throw new UsageError('--tell names something that is none.')
    if (variables.length > MOST_VARIABLES) throw new UsageError('--tell names too many.')
    if (!isQuarter(from) || !isQuarter(to) || to < from) {
      throw new UsageError('--from and --to are no quarters in their order.')
    }
    return asPerson(options, async (store, { actor, freshFor }) => {
      const asked = await askExtract(
        contextOf(store),
        actor,
        { project, variables, cohort, firstQuarter: from, lastQuarter: to },
        freshFor(askingAct('research-extract')),
      )
      if (!asked.ok) return sayRefusal(asked)
      print(asked.extract)
      say('Nothing was made yet. Somebody else approves it in the portal; then a worker makes it.')
      return DONE
    })
  })
}

function isVariable(text: string): text is VariableCode {
  return VARIABLE_CODES.some((code) => code === text)
}

function addFetch(research: Command): void {
  const command = research
    .command('fetch <extract>')
    .description('write the sealed file of an extract, which its environment alone opens')
    .requiredOption(...AS)
    .requiredOption('--to <file>', 'the new file')
  exitWith(command, (options: As & { to: string }, reference: string) =>
    asPerson(options, async (store, { actor }) => {
      if (existsSync(options.to)) throw new UsageError(`there is a file ${options.to} already.`)
      const fetched = await fetchExtract(contextOf(store), actor, reference)
      if (!fetched.ok) return sayRefusal(fetched)
      await writeFile(options.to, fetched.sealed, { mode: 0o600, flag: 'wx' })
      print(options.to)
      return DONE
    }),
  )
}

function addRemovals(research: Command): void {
  const command = research
    .command('removals <extract>')
    .description('print whose rows the project has to remove, by the extract’s own pseudonyms')
    .requiredOption(...AS)
    .option(...JSON_ONE)
  exitWith(command, (options: As, reference: string) =>
    asPerson(options, async (store, { actor }) => {
      const read = await listRemovals(contextOf(store), actor, reference)
      if (!read.ok) return sayRefusal(read)
      if (options.json === true) printJson(read.removals)
      else for (const { pseudonym } of read.removals) print(pseudonym)
      return DONE
    }),
  )
}

interface CertifyOptions extends As {
  by: string
  how: Certificate['how']
  on: string
}

function addCertify(research: Command): void {
  const command = research
    .command('certify <extract>')
    .description('note the certificate that every copy of an extract was destroyed')
    .requiredOption(...AS)
    .requiredOption('--by <name>', 'who certifies it')
    .addOption(
      new Option('--how <way>', 'how').choices(Object.keys(DESTRUCTION_WAYS)).makeOptionMandatory(),
    )
    .requiredOption('--on <yyyy-mm-dd>', 'on which day')
  exitWith(command, (options: CertifyOptions, extract: string) => {
    const { by, how, on } = options
    if (!day.safeParse(on).success) throw new UsageError('--on is no day.')
    return asPerson(options, async (store, { actor }) => {
      const noted = await noteDestruction(contextOf(store), actor, { extract, by, how, on })
      if (!noted.ok) return sayRefusal(noted)
      print(noted.project)
      return DONE
    })
  })
}

interface UnsealOptions {
  key: string
  extract: string
  to: string
}

function addUnseal(research: Command): void {
  const command = research
    .command('unseal <file>')
    .description('open a sealed extract in its environment, into a new folder')
    .requiredOption('--key <file>', 'the file of the private key')
    .requiredOption('--extract <reference>', 'the reference of the extract')
    .requiredOption('--to <folder>', 'the new folder')
  exitWith(command, async ({ key, extract, to }: UnsealOptions, path: string) => {
    const pair = existsSync(key) ? readBackupKey(await readFile(key, 'utf8')) : undefined
    if (pair === undefined) throw new UsageError('--key is not the file of a private key.')
    if (!existsSync(path)) throw new UsageError(`there is no file ${path}.`)
    if (existsSync(to)) throw new UsageError(`there is a folder ${to} already.`)
    const sealed = new Uint8Array(await readFile(path))
    const files = unzipSync(openExtract(pair, extract.trim().toUpperCase(), sealed))
    await mkdir(to, { recursive: true, mode: 0o700 })
    for (const [name, bytes] of Object.entries(files)) {
      await writeFile(join(to, basename(name)), bytes, { mode: 0o600 })
      print(join(to, basename(name)))
    }
    return DONE
  })
}
