import type { ReactNode } from 'react'

/** Says that something was done. */
export function SuccessBanner({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div
      className="govuk-notification-banner govuk-notification-banner--success"
      role="alert"
      aria-labelledby="notice-title"
    >
      <div className="govuk-notification-banner__header">
        <h2 className="govuk-notification-banner__title" id="notice-title">
          Done
        </h2>
      </div>
      <div className="govuk-notification-banner__content">
        <p className="govuk-notification-banner__heading">{children}</p>
      </div>
    </div>
  )
}

/** Something to know that is not the result of anything. */
export function Notice({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <div className="govuk-notification-banner" role="region" aria-labelledby="notice-title">
      <div className="govuk-notification-banner__header">
        <h2 className="govuk-notification-banner__title" id="notice-title">
          {title}
        </h2>
      </div>
      <div className="govuk-notification-banner__content">{children}</div>
    </div>
  )
}

/** Something that cannot be taken back. */
export function Warning({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="govuk-warning-text">
      <span className="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong className="govuk-warning-text__text">
        <span className="govuk-visually-hidden">Warning</span>
        {children}
      </strong>
    </div>
  )
}

/** A word for a state, in a colour that is not the only thing that tells it. */
export function StatusTag({
  colour,
  children,
}: {
  readonly colour: 'green' | 'blue' | 'yellow' | 'grey' | 'red' | 'purple' | 'turquoise'
  readonly children: ReactNode
}): ReactNode {
  return <strong className={`govuk-tag govuk-tag--${colour}`}>{children}</strong>
}

/** Back to where a page belongs. */
export function BackLink({
  href,
  text = 'Back',
}: {
  readonly href: string
  readonly text?: string
}): ReactNode {
  return (
    <a href={href} className="govuk-back-link">
      {text}
    </a>
  )
}
