import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { hasPlace } from '#core/purpose/purposes.ts'
import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'

interface Start {
  readonly href: string
  readonly text: string
  readonly hint: string
  readonly right: Right
}

/** What an analyst or administrator may begin with, each line with the right it needs. */
const STARTS: Readonly<Record<string, readonly Start[]>> = {
  'Look-ups': [
    {
      href: addresses.lookUps,
      text: 'Look-ups',
      hint: 'Who looked somebody up, for what and what they saw; samples to be checked.',
      right: 'look-up.watch',
    },
    {
      href: addresses.lookUpsOfPerson,
      text: 'Who looked a person up',
      hint: 'Found by the same identifiers, which are forgotten again.',
      right: 'look-up.watch',
    },
    {
      href: addresses.lookUpGrants,
      text: 'Who may open which source',
      hint: 'Each practitioner sees the sources that they were given, and no other.',
      right: 'look-up.watch',
    },
    {
      href: addresses.lookUpRules,
      text: 'When each source is shown',
      hint: 'Ages, involvement, days covered and kept: rules that two people change.',
      right: 'register.change',
    },
    {
      href: addresses.lookUpMeasures,
      text: 'How look-ups are used',
      hint: 'Look-ups a sign-in, how many found somebody, and how soon somebody was reached.',
      right: 'look-up.watch',
    },
  ],
  Figures: [
    {
      href: addresses.reach,
      text: 'Reach',
      hint: 'How many different people were reached, in released figures.',
      right: 'reach.see',
    },
    {
      href: addresses.exactReach,
      text: 'Exact reach and overlap',
      hint: 'Not rounded and not for publication. Every view is recorded.',
      right: 'exact.see',
    },
    {
      href: addresses.doubts,
      text: 'Possible matches',
      hint: 'People who are counted apart and may be one.',
      right: 'doubt.see',
    },
    {
      href: addresses.linkage,
      text: 'How people are linked',
      hint: 'The policy of linkage, and what another would change.',
      right: 'linkage.change',
    },
    {
      href: addresses.releases,
      text: 'Releases',
      hint: 'Make a release, and read earlier ones.',
      right: 'release.make',
    },
    {
      href: addresses.research,
      text: 'Research',
      hint: 'Projects of research, and the extracts that they are given.',
      right: 'research.manage',
    },
  ],
  'The quarter': [
    {
      href: addresses.submissions,
      text: 'Submissions',
      hint: 'What every service has sent, and where it is.',
      right: 'register.see',
    },
    {
      href: addresses.calendar,
      text: 'Calendar',
      hint: 'When files are due, who is late, and extensions.',
      right: 'register.see',
    },
    {
      href: addresses.managementReport,
      text: 'Management report',
      hint: 'How the work of a quarter went, as a page and as a file.',
      right: 'register.see',
    },
    {
      href: addresses.board,
      text: 'Board',
      hint: 'Where each service is on its way into the figures.',
      right: 'register.see',
    },
    {
      href: addresses.services,
      text: 'Services and agreements',
      hint: 'Which services there are, and what allows their files to be processed.',
      right: 'register.see',
    },
  ],
  'The programme': [
    {
      href: addresses.checklist,
      text: 'Before the first file',
      hint: 'What a programme must have before it takes real files, and what is missing.',
      right: 'system.see',
    },
    {
      href: addresses.register,
      text: 'Register',
      hint: 'Services, organisations, strands, wards, quarters and lists.',
      right: 'register.see',
    },
    {
      href: addresses.framework,
      text: 'Measurement framework',
      hint: 'Outcomes, what is measured of each, and the instruments that give scores.',
      right: 'register.see',
    },
    {
      href: addresses.targets,
      text: 'Targets',
      hint: 'What each service aims at in a quarter.',
      right: 'register.see',
    },
    {
      href: addresses.hasher,
      text: 'Hash at source',
      hint: 'For organisations that must not send names.',
      right: 'hasher.get',
    },
    {
      href: addresses.tokens,
      text: 'Automated submission',
      hint: 'Tokens with which programs send files.',
      right: 'token.manage',
    },
  ],
  'People and the portal': [
    {
      href: addresses.approvals,
      text: 'Requests that need a second person',
      hint: 'What others asked for and you may approve, and what you asked for.',
      right: 'approval.see',
    },
    {
      href: addresses.rights,
      text: 'Requests about people’s own data',
      hint: 'Access, correction, erasure, restriction and objection, each with its clock.',
      right: 'rights.handle',
    },
    {
      href: addresses.retention,
      text: 'How long things are kept',
      hint: 'The schedule, what goes next, and holds that stop it.',
      right: 'retention.see',
    },
    {
      href: addresses.users,
      text: 'Users',
      hint: 'Who can sign in, and their roles.',
      right: 'user.manage',
    },
    {
      href: addresses.audit,
      text: 'Audit trail',
      hint: 'Who did what and when. Any tampering can be seen.',
      right: 'audit.see',
    },
    {
      href: addresses.system,
      text: 'System',
      hint: 'Waiting jobs, keys, linkage and versions.',
      right: 'system.see',
    },
  ],
}

/** The parts of the portal that are an actor's to open, with what each is for. */
export function StartList({ actor }: { readonly actor: Actor }): ReactNode {
  return Object.entries(STARTS).map(([heading, starts]) => {
    const own = starts.filter(
      ({ href, right }) => may(actor, right) && hasPlace(actor.purpose ?? 'reach', href),
    )
    return (
      own.length > 0 && (
        <section key={heading}>
          <h2 className="govuk-heading-m">{heading}</h2>
          <ul className="app-starts">
            {own.map(({ href, text, hint }) => (
              <li key={href} className="app-starts__item">
                <h3 className="govuk-heading-s govuk-!-margin-bottom-1">
                  <a className="govuk-link govuk-link--no-visited-state" href={href}>
                    {text}
                  </a>
                </h3>
                <p className="govuk-body govuk-!-margin-bottom-0">{hint}</p>
              </li>
            ))}
          </ul>
        </section>
      )
    )
  })
}
