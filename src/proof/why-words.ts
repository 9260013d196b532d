/** What a trigger was asked, in words: the same in the text and on the page. */
import { ASKED_FOR } from '../runtime/core/step.ts'
import { CAME } from './awaited.ts'
import type { Why } from './report.ts'

type Test = Why['tests'][number]

const BLOCKING: { readonly [verdict in Why['verdict']]: string } = {
  yes: 'blocks',
  no: 'does not block',
  undecided: 'undecided',
}

/** `gtm.linkClick: Link - called: no; the tag was blocked` */
export function whyWords({ event, trigger, verdict, blocks, tag }: Why): string {
  const said = blocks === true ? BLOCKING[verdict] : verdict
  return `${event}: ${trigger}: ${said}${tag === undefined ? '' : `; the tag ${tag}`}`
}

/** Of a test that is no comparison: the ids that it compares are GTM's own, or nothing came that could be compared. */
export function plainTestWords({ subject, operator, verdict }: Test): string | undefined {
  if (subject === ASKED_FOR) return `noted for this trigger${verdict === 'no' ? ': no, for others only' : ''}`
  return operator === CAME ? `${subject}, which did not come` : undefined
}
