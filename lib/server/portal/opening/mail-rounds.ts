import { sendKeptMails } from '#server/identity/accounts/kept-mails.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openPortal } from './portal.ts'
import { tellApprovers } from '#server/identity/approvals/tell-approvers.ts'
import { tellOfEnding } from '#server/programme/tokens/submission-tokens.ts'
import { remind } from '#server/programme/quarters/remind.ts'
import { warnOfAgreements } from '#server/programme/register/warn-of-agreements.ts'
import { tellOfSearches } from '#server/linkage/rights/tell-of-searches.ts'
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
      // What is owed here is asked for again until it has left: it need not be kept.
      const office = { ...accounts, mailer }
      await sendKeptMails(accounts, mailer)
      await sendOwedMails(office)
      await tellOfEnding(office)
      await tellApprovers(office)
      await tellOfSearches(office)
      await warnOfAgreements(office)
      await remind(office, programme)
      await tellOfQuestions(office)
      await keepMinute(office)
      await sendReport(office, programme)
    } catch (error) {
      const told = error instanceof Fault ? `${error.reference} ${error.message}` : 'unexpected'
      process.stderr.write(`count once: sending emails: ${told}\n`)
    }
    setTimeout(() => void round(), APART).unref()
  }
  setTimeout(() => void round(), APART).unref()
}
