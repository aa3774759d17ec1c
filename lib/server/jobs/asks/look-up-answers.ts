import { z } from 'zod'
import {
  FIRST_CONTACTS,
  LOOK_UP_ALARMS,
  LOOK_UP_PURPOSES,
  LOOK_UP_REPORTS,
  type FirstContact,
  type LookUpAlarm,
  type LookUpPurpose,
  type LookUpReportKind,
} from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readGuidance, sayOfLookUp } from '#server/look-up/asking/after-look-up.ts'
import { lookUpPerson } from '#server/look-up/asking/look-up-person.ts'
import { openSource, readAnswer, showLookedUp } from '#server/look-up/asking/read-answer.ts'
import { startLookUp } from '#server/look-up/asking/start-look-up.ts'
import { findLookUpsOf } from '#server/look-up/watching/look-ups-of-person.ts'
import type { LookUpAskKind } from '#server/store/asker.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Unread } from '#server/store/unread.ts'

/** What a worker answers to whoever looks people up, in their name. */
export const OF_LOOK_UPS: Readonly<
  Record<
    LookUpAskKind,
    (store: ProgrammeStore, actor: Actor, given: unknown, unread: Unread) => Promise<unknown>
  >
> = {
  'look-up-start': (store, actor) => startLookUp(store, actor, new Date()),
  async 'look-up'(store, actor, given, typed) {
    const now = new Date()
    const looked = await lookUpPerson(store, actor, { ...asked.parse(given), typed }, now)
    return looked.ok ? showLookedUp(store, actor, looked.reference, now) : looked
  },
  'look-up-answer': (store, actor, given) =>
    readAnswer(store, actor, ofLookUp.parse(given).reference, new Date()),
  'look-up-source': (store, actor, given) =>
    openSource(store, actor, opened.parse(given), new Date()),
  'look-up-guidance': (store, actor) => readGuidance(store, actor, new Date()),
  'look-up-said'(store, actor, given) {
    const { reference: lookUp, said } = saidOf.parse(given)
    return sayOfLookUp(store, actor, lookUp, said, new Date())
  },
  'look-ups-of-person': (store, actor, _given, typed) =>
    findLookUpsOf(store, actor, typed, new Date()),
}

const reference = z.string().max(40)
const ofLookUp = z.strictObject({ reference })
const source = z.string().max(64)

const asked = z.strictObject({
  purpose: codes<LookUpPurpose>(LOOK_UP_PURPOSES),
  caseReference: z.string().max(20),
  act: reference.nullable(),
  birth: z.string().regex(/^([0-9]{4}-[0-9]{2}-[0-9]{2})?$/),
  gender: z.enum(['', 'F', 'M']),
  alarms: z.array(codes<LookUpAlarm>(LOOK_UP_ALARMS)).max(10),
})

const opened = z.strictObject({ reference, person: z.int().min(1).max(100), source })

const saidOf = z.strictObject({
  reference,
  said: z.discriminatedUnion('what', [
    z.strictObject({
      what: z.literal('report'),
      kind: codes<LookUpReportKind>(LOOK_UP_REPORTS),
      source: source.nullable(),
    }),
    z.strictObject({ what: z.literal('contact'), contact: codes<FirstContact>(FIRST_CONTACTS) }),
  ]),
})

function codes<Code extends string>(words: Readonly<Record<Code, string>>): z.ZodType<Code> {
  return z.custom<Code>((value) => typeof value === 'string' && Object.hasOwn(words, value))
}
