/**
 * A package that is needed is not there; the message ends with the command that installs it. In a file of its own: every
 * command says it, and what is kept compiled for all of them cannot import a package itself.
 */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled'
}
