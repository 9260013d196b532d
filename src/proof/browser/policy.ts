/** What a browser's console says of a page's content security policy. */

/** What the console says of a page's policy keeps a proof from being one where it is GTM or a hit that is refused. */
export function refusedProblem(text: string): string | undefined {
  if (!isRefusal(text) || !/google|gtm|analytics|collect/i.test(text)) return undefined
  return `the page’s content security policy refuses it: ${refusalOf(text)}`
}

/** A policy that only reports stops nothing. */
export function isRefusal(text: string): boolean {
  return /Content Security Policy/i.test(text) && !/report.only/i.test(text)
}

/** What a browser says of a content security policy, without its remarks; between words where the policy is long. */
export function refusalOf(text: string): string {
  const [said = ''] = text.split(' Note that ')
  // Of a hit's address the host and path say enough; the rest of it is long.
  const sentence = said.replaceAll(/(https?:\/\/[^\s'"?]+)\?[^\s'"]*/g, '$1')
  return sentence.length <= 200 ? sentence : `${sentence.slice(0, sentence.lastIndexOf(' ', 200))} …`
}
