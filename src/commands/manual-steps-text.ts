import { manualSteps } from '../compile/manual-steps.ts'
import type { Plan } from '../plan/plan.ts'

const WIDTH = 80

/** What must be set by hand, as a list; empty when nothing must. */
export function manualStepsText(plan: Plan): string {
  const steps = manualSteps(plan)
  if (steps.length === 0) return ''
  return `\nTo be set by hand, because plan does not write it:\n${steps.map((step) => listItem(step)).join('')}`
}

function listItem(text: string): string {
  const lines: string[] = []
  let line = '-'
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = ' '
    }
    line += ` ${word}`
  }
  return [...lines, line, ''].join('\n')
}
