/** ` --sandbox URL` as it was given, for the end of a command that goes on there; nothing where it was not. */
export function sandboxFlag(sandbox: string | true | undefined): string {
  if (sandbox === undefined) return ''
  return sandbox === true ? ' --sandbox' : ` --sandbox ${sandbox}`
}
