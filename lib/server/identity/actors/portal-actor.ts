import type { Actor } from './actor.ts'

/** The portal itself: what mails, reminds and looks tokens up before there is anybody. */
export const PORTAL: Actor = {
  userId: 'portal',
  role: 'administrator',
  providerCode: null,
  mayExact: false,
}
