import { isKind, kindText } from '../kinds/kinds.ts'
import type { Unmanaged, UnmanagedThing } from '../resources/unmanaged.ts'
import { plural } from '../words/counting.ts'
import { columns, fit, padded, wrapped } from '../words/width.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

/** What is not the plan's, for people at a terminal: by who made it, each thing with what it does. */
export function renderUnmanagedText(unmanaged: Unmanaged, paint: Paint = PLAIN, width = 80): string {
  const { things, plan } = unmanaged
  const where = `${unmanaged.container}, version ${unmanaged.version}${unmanaged.property === undefined ? '' : `, and property ${unmanaged.property}`}`
  if (things.length === 0) return `Everything in ${where} is the plan ${plan}'s.\n`
  const owners = [...new Set(things.map((each) => each.plan))]
  const blocks = owners.flatMap((owner) => [
    `${paint.bold(owner === undefined ? 'Not made by a plan' : `Made by the plan ${printable(owner)}`)}\n`,
    ...things.filter((each) => each.plan === owner).map((each) => thingLines(each, paint, width)),
  ])
  const used = things.filter((each) => each.used).length
  const closing = `${plural(things.length, 'thing')} in ${where} ${things.length === 1 ? 'is' : 'are'} not the plan ${plan}'s${used === 0 ? '' : `, which uses ${used} of them`}.`
  return `${blocks.join('\n')}\n${wrapped(closing, width).join('\n')}\n`
}

function thingLines({ kind, name, used, does }: UnmanagedThing, paint: Paint, width: number): string {
  const what = `${isKind(kind) ? kindText(kind) : kind} ${printable(name)}`
  const head = `  ${paint.bold(fit(what, width - 2 - (used ? USED.length : 0)))}${used ? paint.dim(USED) : ''}`
  const told = does.filter((each) => !isUsual(each))
  const widest = Math.min(34, Math.max(0, ...told.map(({ word }) => columns(word))))
  const lines = told.map(({ word, text }) => {
    const label = `      ${padded(fit(printable(word), widest), widest)}  `
    // Code may be a hundred pages long; who wants it whole looks into GTM, or takes the JSON.
    return label + fit(printable(text.replaceAll(/\s+/g, ' ').trim()), width - columns(label))
  })
  return [head, ...lines].join('\n') + '\n'
}

const USED = '  used by the plan'

/** What most things say, and what therefore says nothing. */
function isUsual({ word, text }: UnmanagedThing['does'][number]): boolean {
  return text === 'no' || (word === 'Fires' && text === 'once per event') || text === 'not looked at'
}
