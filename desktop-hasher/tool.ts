/** The version that manifests name: the package's own. */
export const TOOL_VERSION = '0.1.0'
