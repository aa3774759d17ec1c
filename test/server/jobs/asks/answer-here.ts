import type { Actor } from '#server/identity/actors/actor.ts'
import type { Asker } from '#server/store/asker.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { answerAsk } from '#server/jobs/asks/answers.ts'

/** Answers in this process, for one that has the keys: what is asked travels nowhere. */
export function answerHere(store: ProgrammeStore, actor: Actor | undefined): Asker {
  return {
    ask: <Answer>(...[kind, given]: Parameters<Asker['ask']>) =>
      answerAsk(store, kind, JSON.parse(JSON.stringify(given)), actor) as Promise<Answer>,
  }
}
