import type { Actor } from '#server/identity/actors/actor.ts'
import type { Asker } from '#server/store/asker.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { answerAsk } from '#server/jobs/asks/answers.ts'

/** Answers in this process, for one that has the keys: what is asked travels nowhere. */
export function answerHere(store: ProgrammeStore, actor: Actor | undefined): Asker {
  return {
    async ask<Answer>(...[kind, given, passedOn]: Parameters<Asker['ask']>) {
      const unread = Unread.of(passedOn ?? {})
      const answer = await answerAsk(store, kind, Unread.of(given).read(), actor, unread)
      return (answer instanceof Unread ? answer.read() : answer) as Answer
    },
  }
}
