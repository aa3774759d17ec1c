/** The package has no types of its own: what of it the pages use. */
declare module 'govuk-frontend' {
  interface ComponentClass {
    readonly moduleName: string
  }
  export const Button: ComponentClass
  export const PasswordInput: ComponentClass
  export const Radios: ComponentClass
  export const ServiceNavigation: ComponentClass
  export function createAll(
    component: ComponentClass,
    config?: Readonly<Record<string, unknown>>,
  ): void
}
