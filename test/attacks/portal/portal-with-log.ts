import { startPortal, type PortalStart } from '#server/portal/serving/start-portal.ts'

/**
 * Starts a portal for whoever forks this, who decides where its standard error goes: told by the
 * first message how, it tells where it answers, and stops when whoever forked it goes.
 */

process.once('message', (start: PortalStart) => {
  void startPortal(start).then((portal) => {
    process.send?.({ origin: portal.origin })
    process.once('disconnect', () => {
      void portal.stop().then(() => process.exit(0))
    })
  })
})
