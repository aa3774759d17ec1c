import { sendKeptMails } from '#server/identity/mails/kept-mails.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openPortal } from './portal.ts'
import { tellApprovers } from '#server/identity/approvals/tell-approvers.ts'
import { tellOfEnding } from '#server/programme/tokens/submission-tokens.ts'
import { remind } from '#server/programme/quarters/remind.ts'
import { warnOfAgreements } from '#server/programme/register/warn-of-agreements.ts'
import { tellOfSearches } from '#server/linkage/rights/tell-of-searches.ts'
import { tellOfLookUps } from '#server/look-up/limits/tell-of-look-ups.ts'
import { tellOfQuestions } from '#server/portal/screens/support/questions.ts'
import { keepMinute, sendReport } from '#server/portal/screens/report/send-report.ts'
import { sendOwedMails } from '#server/intake/journey/send-owed-mails.ts'

/** How often what is owed is looked for, in milliseconds. */
const APART = 3_000

/** Looks every few seconds for emails that are owed and sends them, as long as the process runs. */
export function startMailRounds(): void {
  const round = async (): Promise<void> => {
    try {
      const portal = await openPortal()
      await portal.rereadProgramme()
      const { accounts, mailer, programme } = portal
      await tellOfEnding(accounts)
      await tellApprovers(accounts)
      await tellOfSearches(accounts)
      await tellOfLookUps(accounts)
      await warnOfAgreements(accounts)
      await remind(accounts, programme)
      await tellOfQuestions(accounts)
      await keepMinute(accounts)
      await sendReport(accounts, programme)
      await sendKeptMails(accounts, mailer)
      // A result's mail stays owed until it has left: it need not be kept.
      await sendOwedMails({ ...accounts, mailer })
    } catch (error) {
      const told = error instanceof Fault ? `${error.reference} ${error.message}` : 'unexpected'
      process.stderr.write(`count once: sending emails: ${told}\n`)
    }
    setTimeout(() => void round(), APART).unref()
  }
  setTimeout(() => void round(), APART).unref()
}
