import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import type { Choice } from '#core/forms/fields.ts'
import {
  begunQuarters,
  changeableQuarters,
  listEntries,
  type RegisterContext,
} from '#server/programme/register/change-register.ts'
import type { Entry } from '#server/programme/register/entries.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { openRequest } from '../../guards/request-context.ts'
import type { NamesOf } from './fact-words.ts'

/** What the register's pages work with. */
export async function openRegister(): Promise<RegisterContext> {
  const { portal, accounts } = await openRequest()
  return { database: accounts.pool, programme: portal.programme, now: accounts.now() }
}

/** What forms of the register choose from. */
export interface RegisterChoices {
  /** Quarters from which a change may hold, the latest first. */
  readonly from: readonly Choice[]
  /** Quarters after which something may be closed, the latest first. */
  readonly last: readonly Choice[]
  readonly strands: readonly Choice[]
  readonly providers: readonly Choice[]
  readonly wards: readonly Choice[]
  readonly services: readonly Choice[]
  /** Whether services are sources of a look-up. */
  readonly isLookUp: boolean
  readonly names: NamesOf
}

/** Reads what forms of the register choose from. */
export async function readChoices(
  context: RegisterContext,
  actor: Actor,
  /** The entry itself, which goes on as no other and was part of no other. */
  own?: string,
): Promise<RegisterChoices> {
  const read = async (kind: Entry['kind']): Promise<readonly Entry[]> => {
    const listed = await listEntries(context.database, actor, kind)
    return listed.ok ? listed.entries : []
  }
  const [strand, provider, splitFrom, mergedInto] = [
    await read('strand'),
    await read('provider'),
    await read('ward'),
    await read('service'),
  ]
  const entries: Partial<Record<string, readonly Entry[]>> = {
    ...{ strand, provider, splitFrom, mergedInto },
  }
  const begun = begunQuarters(context.programme, context.now)
  const from = await changeableQuarters(context)
  return {
    from: from.reverse().map(quarterChoice),
    last: begun.reverse().slice(0, 8).map(quarterChoice),
    strands: open(strand),
    providers: open(provider),
    wards: splitFrom.filter(({ code }) => code !== own).map(choiceOf),
    services: open(mergedInto).filter(({ value }) => value !== own),
    isLookUp: context.programme.purpose === 'look-up',
    names: (fact, code) => entries[fact]?.find((entry) => entry.code === code)?.facts.name,
  }
}

const choiceOf = ({ code, facts }: Entry): Choice => ({ value: code, text: facts.name ?? code })

function open(entries: readonly Entry[]): Choice[] {
  return entries.filter(({ facts }) => (facts.closedAfter ?? '') === '').map(choiceOf)
}

function quarterChoice(quarter: string): Choice {
  return { value: quarter, text: isQuarter(quarter) ? quarterWords(quarter) : quarter }
}
