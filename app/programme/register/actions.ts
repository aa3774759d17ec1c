'use server'

import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import {
  isRegisterKind,
  isRegisterReason,
  type RegisterKind,
  type RegisterReason,
} from '#core/messages/register/register-words.ts'
import {
  addEntry,
  changeEntry,
  type ChangedMeanwhile,
  type RegisterChange,
} from '#server/programme/register/change-register.ts'
import { openPortal } from '#server/portal/opening/portal.ts'
import { dayParts, demandDay, readDay, type DayCheck } from '../../guards/day-parts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'
import { differenceWords } from './fact-words.ts'
import { openRegister, readChoices } from './read-choices.ts'

/** Looks at a day that entries of one kind alone have. */
function ofKind(kind: RegisterKind, [holds, told]: DayCheck): DayCheck {
  const isOfKind = z.object({ kind: z.literal(kind) })
  return [(given) => !isOfKind.safeParse(given).success || holds(given), told]
}

const day = (kind: RegisterKind, name: string, error: string): DayCheck =>
  ofKind(
    kind,
    demandDay(name, () => true, error),
  )

const fact = z.string().max(1_000).optional()
const schema = z
  .strictObject({
    kind: z.custom<RegisterKind>((value) => isRegisterKind(String(value))),
    code: z.string().trim().max(64),
    version: z.coerce.number().int().nonnegative().optional(),
    from: z.string().max(7).default(''),
    reason: z.custom<RegisterReason>((value) => isRegisterReason(String(value)), {
      error: 'Choose why',
    }),
    ...{ name: fact, strand: fact, provider: fact, reachedBy: fact, acceptsClear: fact },
    ...{ reminder: fact, closedAfter: fact, mergedInto: fact, gss: fact, splitFrom: fact },
    ...{ tile: fact, area: fact, noRecord: fact },
    ...{ list: fact, closed: fact },
    ...z.object(dayParts('deadline')).partial().shape,
    ...z.object(dayParts('begins')).partial().shape,
    ...z.object(dayParts('ends')).partial().shape,
  })
  .refine(...day('quarter', 'deadline', 'Enter the deadline as a real date, for example 30 7 2025'))
  .refine(...day('programme', 'begins', 'Enter the first day as a real date, for example 1 4 2025'))
  .refine(...day('programme', 'ends', 'Enter the last day as a real date, for example 31 3 2030'))
  .transform(({ kind, code, version = 0, from, reason, ...given }): RegisterChange => {
    const days = Object.entries(given).map(([name, text]): [string, string] => [name, text ?? ''])
    const facts = Object.fromEntries(
      Object.entries(given).filter(([name]) => !/^(deadline|begins|ends)-/.test(name)),
    )
    const dated = Object.fromEntries(
      DAYS.map((name) => [name, readDay(Object.fromEntries(days), name) ?? '']),
    )
    return { kind, code, version, from, reason, facts: { ...facts, ...dated } }
  })

/** Facts that are days. */
const DAYS = ['deadline', 'begins', 'ends'] as const

const FIELDS = {
  'programme-days': 'begins',
  'programme-years': 'ends',
  'register-code': 'code',
  'register-name': 'name',
  'register-source': 'noRecord',
  'register-from': 'from',
  'ward-codes': 'gss',
  'ward-tile': 'tile',
  'merge-target': 'mergedInto',
  'quarter-deadline': 'deadline',
} as const

/** Adds an entry to the register. */
export async function add(_state: FormState, form: FormData): Promise<FormState> {
  let added: RegisterChange | undefined
  const outcome = await runAction({
    schema,
    form,
    right: 'register.change',
    fields: FIELDS,
    call: async (_request, actor, change) => {
      added = change
      return addEntry(await openRegister(), actor, change)
    },
  })
  if (!outcome.ok || added === undefined) return outcome.ok ? EMPTY : outcome.state
  goTo(withQuery(addresses.registerEntry(added.kind, added.code), { done: 'added' }))
}

/** Changes an entry; whoever comes second is shown what the other changed. */
export async function change(_state: FormState, form: FormData): Promise<FormState> {
  let changed: RegisterChange | undefined
  let meanwhile: FormState | undefined
  const outcome = await runAction({
    schema,
    form,
    right: 'register.change',
    fields: FIELDS,
    call: async (_request, actor, given) => {
      changed = given
      const context = await openRegister()
      const done = await changeEntry(context, actor, given)
      if (done.ok && given.kind === 'programme') await (await openPortal()).rereadProgramme()
      if (!done.ok && 'entry' in done) {
        const { names } = await readChoices(context, actor)
        meanwhile = toldOf(done, form, (difference) => differenceWords(difference, names))
      }
      return done
    },
  })
  if (meanwhile !== undefined) return meanwhile
  if (!outcome.ok || changed === undefined) return outcome.ok ? EMPTY : outcome.state
  goTo(withQuery(addresses.registerEntry(changed.kind, changed.code), { done: 'changed' }))
}

const EMPTY: FormState = { errors: [], values: {} }

/** What was typed stays, and the form now knows of the change: pressing the button again is an answer. */
function toldOf(
  { by, differences, entry }: ChangedMeanwhile,
  form: FormData,
  words: (difference: ChangedMeanwhile['differences'][number]) => string,
): FormState {
  const typed = [...form].filter(
    (line): line is [string, string] => typeof line[1] === 'string' && !line[0].startsWith('$'),
  )
  return {
    errors: [
      {
        field: '',
        message: `${by} changed this while you had it open. ${differences.map(words).join('. ')}.`,
        hint: 'What you typed is still here, and nothing of it was saved. To save it in place of theirs, press the button again. To keep theirs, open the page anew.',
      },
    ],
    values: { ...Object.fromEntries(typed), version: String(entry.version) },
  }
}
