/**
 * The line in the notes that says where the plan stands, always the last one that begins so:
 *
 *   Plan: plans/outfitters.yaml (stages, awareness, newsletter_signup)
 *
 * The file is for whoever reads the notes in GTM. It is no part of what is compared: a renamed file is the same plan.
 */

import { unmarked } from './plain-words.ts'

const LINE = /^Plan: .*?( \((?:goals|stages, \w+), \w+\))?$/

/** @param place where in the plan; absent for what serves the whole plan. */
export function planLine(file: string, place?: string): string {
  return `Plan: ${unmarked(file)}${place === undefined ? '' : ` (${place})`}`
}

/** The notes as they are compared. */
export function withoutFile(notes: string): string {
  const lines = notes.split('\n')
  const last = lines.findLastIndex((line) => LINE.test(line))
  return lines.map((line, index) => (index === last ? line.replace(LINE, 'Plan:$1') : line)).join('\n')
}

/** What the line says: file and place. */
export function placeIn(notes: string): string | undefined {
  return lineIn(notes)?.slice('Plan: '.length)
}

function lineIn(notes: string): string | undefined {
  return notes.split('\n').findLast((each) => LINE.test(each))
}

/** The file that the notes name; undefined for notes without such a line. */
export function fileIn(notes: string): string | undefined {
  const place = LINE.exec(lineIn(notes) ?? '')?.[1] ?? ''
  return placeIn(notes)?.slice(0, place === '' ? undefined : -place.length)
}

/** Where in its file the thing stands: the steps to a conversion, or to the plan's id for what serves the whole plan. */
export function stepsIn(notes: string): readonly string[] {
  const steps = /^ \((.*)\)$/.exec(LINE.exec(lineIn(notes) ?? '')?.[1] ?? '')?.[1]?.split(', ')
  if (steps === undefined) return ['plan']
  return steps.length === 2 ? steps : [...steps.slice(0, 2), 'micro', ...steps.slice(2)]
}
