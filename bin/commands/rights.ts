import { InvalidArgumentError, Option, type Command } from 'commander'
import {
  BECAUSE_WORDS,
  CLOSING_REASONS,
  EXTENSION_REASONS,
  IDENTITY_CHECKS,
  RIGHTS_ASKERS,
  RIGHTS_KINDS,
  type RightsKind,
  deletesPeople,
} from '#core/messages/rights/rights-words.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { askLift } from '#server/jobs/acts/lift-acts.ts'
import { askRights } from '#server/jobs/acts/rights-acts.ts'
import { letterDocument, writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import { findPerson } from '#server/linkage/rights/find-person.ts'
import {
  closeRequest,
  extendRequest,
  listRightsRequests,
  openRightsRequest,
  pickRecords,
  readRightsRequest,
  type NewRequest,
} from '#server/linkage/rights/handle-requests.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { proveUser } from '../consent.ts'
import { readText } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable, say, sayRefusal } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

/** countonce rights: what people ask about their own data, as an officer does it in the portal. */
export function addRightsCommand(program: Command): void {
  const rights = program
    .command('rights')
    .description('what people ask about their own data; a second officer approves in the portal')
  addList(rights)
  addOpen(rights)
  addFind(rights)
  addShow(rights)
  addPick(rights)
  addAsk(rights)
  addExtend(rights)
  addClose(rights)
  addLift(rights)
  addLetter(rights)
}

interface As extends GlobalOptions {
  as: string
  json?: boolean
}

const AS = ['--as <officer>', 'the officer who acts: email address or reference'] as const
const JSON_ONE = ['--json', 'print one JSON document'] as const

type Proved = Extract<Awaited<ReturnType<typeof proveUser>>, { readonly ok: true }>

/** Runs a step under the named account of an officer, proved by its present code. */
function asOfficer(
  { data, as }: As,
  step: (store: OwnProgrammeStore, officer: Proved) => Promise<number>,
): Promise<number> {
  return withProgramme(data, async (store) => {
    const officer = await proveUser(store, as)
    return officer.ok ? step(store, officer) : sayRefusal(officer)
  })
}

const contextOf = ({ pool }: OwnProgrammeStore) => ({ pool, now: () => new Date() })

function addList(rights: Command): void {
  const command = rights
    .command('list')
    .description('list requests, those that are due first')
    .requiredOption(...AS)
    .option(...JSON_ONE)
  exitWith(command, (options: As) =>
    asOfficer(options, async ({ pool }, { actor }) => {
      const requests = await listRightsRequests(pool, actor)
      if (options.json === true) printJson(requests)
      else {
        printTable(
          ['Request', 'For', 'Due by', 'State'],
          requests.map(({ reference, kind, dueOn, state }) => [
            ...[reference, RIGHTS_KINDS[kind].name, dueOn.toISOString().slice(0, 10), state],
          ]),
        )
      }
      return DONE
    }),
  )
}

interface OpenOptions extends As {
  kind: RightsKind
  received: string
  from: NewRequest['askedBy']
  check: NewRequest['identityCheck']
  checked: string
}

function addOpen(rights: Command): void {
  const command = rights
    .command('open')
    .description('write down that somebody asked; prints the reference')
    .requiredOption(...AS)
    .addOption(
      new Option('--kind <kind>', 'what they ask for')
        .choices(Object.keys(RIGHTS_KINDS))
        .makeOptionMandatory(),
    )
    .requiredOption('--received <yyyy-mm-dd>', 'the day on which they asked', parseDay)
    .addOption(
      new Option('--from <who>', 'who asks').choices(Object.keys(RIGHTS_ASKERS)).default('self'),
    )
    .addOption(
      new Option('--check <code>', 'how it was made sure who they are')
        .choices(Object.keys(IDENTITY_CHECKS))
        .makeOptionMandatory(),
    )
    .requiredOption('--checked <yyyy-mm-dd>', 'the day on which it was made sure', parseDay)
  exitWith(command, (options: OpenOptions) =>
    asOfficer(options, async (store, { actor }) => {
      const { kind, received: receivedOn, from: askedBy, check: identityCheck, checked } = options
      const opened = await openRightsRequest(contextOf(store), actor, {
        ...{ kind, receivedOn, askedBy, identityCheck, identityCheckedOn: checked },
      })
      if (!opened.ok) return sayRefusal(refuse('not-found'))
      print(opened.reference)
      return DONE
    }),
  )
}

function parseDay(text: string): string {
  const isDay = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  if (!isDay || text > dayInLondon(new Date()))
    throw new InvalidArgumentError('a day that is not after today, yyyy-mm-dd')
  return text
}

interface FindOptions extends As {
  typed: string
}

function addFind(rights: Command): void {
  const command = rights
    .command('find <request>')
    .description('look for the person in every file; what was typed is forgotten')
    .requiredOption(...AS)
    .requiredOption(
      '--typed <file>',
      'a JSON file, or - for standard input: firstNames, lastNames, births, nhsNumbers, … each with a value on a line',
    )
    .option(...JSON_ONE)
  exitWith(command, (options: FindOptions, request: string) =>
    asOfficer(options, async (store, { actor }) => {
      const typed = typedPersonSchema.safeParse(await readTyped(options.typed))
      if (!typed.success) throw new UsageError('--typed is not a person in the form of the page.')
      const { service } = typed.data
      const sought = { request, service, typed: Unread.of(typed.data) }
      const found = await findPerson(store, actor, sought, new Date())
      if (!found.ok) return sayRefusal(found)
      if (options.json === true) printJson(found)
      else print(`${String(found.certain)} certain, ${String(found.doubtful)} doubtful`)
      return DONE
    }),
  )
}

async function readTyped(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(path === '-' ? '/dev/stdin' : path))
  } catch (error) {
    // The parser's own words quote what they stumble over.
    if (error instanceof UsageError) throw error
    throw new UsageError('--typed is not JSON.')
  }
}

function addShow(rights: Command): void {
  const command = rights
    .command('show <request>')
    .description('show what was found, with why, and what is picked')
    .requiredOption(...AS)
    .option(...JSON_ONE)
  exitWith(command, (options: As, request: string) =>
    asOfficer(options, async (store, { actor }) => {
      const view = await readRightsRequest(contextOf(store), actor, request)
      if (!view.ok) return sayRefusal(view)
      if (options.json === true) printJson({ request: view.request, found: view.found })
      else {
        printTable(
          ['', 'Service', 'Quarter', 'Row', 'Certainty', 'Why', 'Picked'],
          view.found.map((row) => [
            ...[row.number, row.service, row.quarter, row.place, row.certainty],
            ...[BECAUSE_WORDS[row.because], row.picked ? 'yes' : 'no'],
          ]),
        )
      }
      return DONE
    }),
  )
}

function addPick(rights: Command): void {
  const command = rights
    .command('pick <request> <numbers>')
    .description('say anew which records are theirs: numbers of show as in 1,3, or none')
    .requiredOption(...AS)
  exitWith(command, (options: As, reference: string, given: string) => {
    if (!/^(none|[0-9]{1,6}(,[0-9]{1,6})*)$/.test(given))
      throw new UsageError('records are picked by the numbers that show prints: 1,3, or none.')
    const numbers = given === 'none' ? [] : given.split(',').map(Number)
    return asOfficer(options, async (store, { actor }) => {
      const view = await readRightsRequest(contextOf(store), actor, reference)
      if (!view.ok) return sayRefusal(view)
      const shown = new Set(view.found.map(({ number }) => number))
      const unknown = numbers.filter((number) => !shown.has(number))
      if (unknown.length > 0)
        throw new UsageError(`nothing was picked: show has no number ${unknown.join(', ')}.`)
      const picked = await pickRecords(contextOf(store), actor, { reference, numbers })
      if (!picked.ok) return sayRefusal(picked)
      print(`${String(new Set(numbers).size)} picked`)
      return DONE
    })
  })
}

interface Because<Reason> extends As {
  reason: Reason
}

function addExtend(rights: Command): void {
  type Reason = keyof typeof EXTENSION_REASONS
  const command = rights
    .command('extend <request>')
    .description('give it two months more, once; the person is told why within the first month')
    .requiredOption(...AS)
    .addOption(reasonOption('why it takes longer', EXTENSION_REASONS))
  exitWith(command, (options: Because<Reason>, reference: string) =>
    asOfficer(options, async (store, { actor }) => {
      const given = { reference, reason: options.reason }
      const extended = await extendRequest(contextOf(store), actor, given)
      if (!extended.ok) return sayRefusal(extended)
      const view = await readRightsRequest(contextOf(store), actor, reference)
      if (!view.ok) return sayRefusal(view)
      print(view.request.dueOn.toISOString().slice(0, 10))
      return DONE
    }),
  )
}

function addClose(rights: Command): void {
  type Reason = keyof typeof CLOSING_REASONS
  const command = rights
    .command('close <request>')
    .description('close it, and have nothing done')
    .requiredOption(...AS)
    .addOption(reasonOption('why nothing is done', CLOSING_REASONS))
  exitWith(command, (options: Because<Reason>, reference: string) =>
    asOfficer(options, async (store, { actor }) => {
      const given = { reference, reason: options.reason }
      const closed = await closeRequest(contextOf(store), actor, given)
      if (!closed.ok) return sayRefusal(closed)
      say('Closed. What was found for it is forgotten.')
      return DONE
    }),
  )
}

function reasonOption(description: string, reasons: Readonly<Record<string, string>>): Option {
  return new Option('--reason <code>', description)
    .choices(Object.keys(reasons))
    .makeOptionMandatory()
}

interface AskOptions extends As {
  everybody?: boolean
}

function addAsk(rights: Command): void {
  const command = rights
    .command('ask <request>')
    .description('ask a second officer, who looks at what is picked and approves in the portal')
    .requiredOption(...AS)
    .option(
      '--everybody',
      'of erasure and objection: erase held files of every organisation, and not only of those that sent the person',
    )
  exitWith(command, ({ everybody = false, ...options }: AskOptions, request: string) =>
    asOfficer(options, async (store, { actor, freshFor }) => {
      if (everybody && !(await deletesFor(store, actor, request)))
        throw new UsageError(
          'nothing was asked: --everybody goes with erasure and objection alone.',
        )
      const fresh = freshFor(askingAct('rights-request'))
      const asked = await askRights(contextOf(store), actor, { request, everybody }, fresh)
      if (!asked.ok) return sayRefusal(asked)
      print(asked.approval.reference)
      say('Nothing was done yet. Another officer approves it in the portal; then a worker does it.')
      return DONE
    }),
  )
}

/** Whether somebody is deleted for a request; a request that is not there is told of by what follows. */
async function deletesFor(
  store: OwnProgrammeStore,
  actor: Actor,
  reference: string,
): Promise<boolean> {
  const view = await readRightsRequest(contextOf(store), actor, reference)
  return !view.ok || deletesPeople(view.request.kind)
}

function addLift(rights: Command): void {
  const command = rights
    .command('lift <request>')
    .description('ask a second officer to lift a restriction, so that the records count again')
    .requiredOption(...AS)
    .addOption(
      new Option('--reason <code>', 'why it is lifted')
        .choices(APPROVAL_KINDS['restriction-lift'].reasons)
        .makeOptionMandatory(),
    )
  exitWith(command, (options: As & { reason: string }, request: string) =>
    asOfficer(options, async (store, { actor, freshFor }) => {
      const fresh = freshFor(askingAct('restriction-lift'))
      const given = { request, reason: options.reason }
      const asked = await askLift(contextOf(store), actor, given, fresh)
      if (!asked.ok) return sayRefusal(asked)
      print(asked.approval.reference)
      say('Nothing was done yet. Another officer approves it in the portal; then a worker does it.')
      return DONE
    }),
  )
}

function addLetter(rights: Command): void {
  const command = rights
    .command('letter <request>')
    .description('print what is held about the person of a request for access, as JSON')
    .requiredOption(...AS)
  exitWith(command, (options: As, request: string) =>
    asOfficer(options, async (store, { actor }) => {
      const letter = await writeAccessLetter(store, actor, request, new Date())
      if (!letter.ok) return sayRefusal(letter)
      printJson(letterDocument(letter))
      return DONE
    }),
  )
}
