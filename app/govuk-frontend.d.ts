/** The package has no types of its own: what of it the pages use. */
declare module 'govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs' {
  export const FileUpload: new (root: Element) => object
}
declare module 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs' {
  export const PasswordInput: new (root: Element) => object
}
declare module 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs' {
  export const ServiceNavigation: new (root: Element) => object
}
