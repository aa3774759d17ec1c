/** Where people have addresses of their own: one of these is seldom a place of work. */
const PRIVATE_DOMAINS: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk msn.com yahoo.com
  yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com btinternet.com sky.com talktalk.net
  virginmedia.com ntlworld.com gmx.com gmx.co.uk proton.me protonmail.com mail.com`.split(/\s+/),
)

/** Whether a domain of email, in lower case, is one of a provider of private addresses. */
export function isPrivateDomain(domain: string): boolean {
  return PRIVATE_DOMAINS.has(domain)
}
