/** An imported plan as a file: in the style of `plan fmt`, with a comment wherever something was decided for the user. */
import { Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import type { LeftOut } from '../lift/left-out.ts'
import { formatPlan } from '../plan/format.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import { stepsOf } from '../plan/tree.ts'
import type { Comment } from './document.ts'
import type { Lifted } from './lift-container.ts'
import { oneLine } from './names.ts'

const SCHEMA = '# yaml-language-server: $schema=../schemas/plan.schema.json'

/** @param from what it was read from, as people call it */
export function renderPlan(lifted: Lifted, from: string): string {
  const document = new Document(lifted.document, { aliasDuplicateObjects: false })
  inOneLine(document.contents, [])
  for (const comment of lifted.comments) put(document, comment)
  for (const part of PARTS) {
    const pair = pairAt(document.contents, `/${part}`)
    if (pair !== undefined) pair.key.spaceBefore = true
  }
  const body = document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: true })
  const text = `${SCHEMA}\n\n${header(lifted, from)}\n${body}`
  return formatPlan(text).text
}

function header({ ga4EventTags, lifted, leftOut, others, document }: Lifted, from: string): string {
  const [rest] = document.entities ?? []
  return [
    `# Imported from ${oneLine(from)}: ${lifted.length} of ${ga4EventTags} GA4 event tags.`,
    '# What nobody could know is TODO; `plan validate` lists it.',
    ...(typeof rest === 'string'
      ? [`# All else is in ${oneLine(rest)}, which the plan takes in as it is.`]
      : []),
    ...listOf(
      rest === undefined
        ? 'GA4 event tags that are not in this plan:'
        : 'GA4 event tags that are no conversions of this plan:',
      leftOut,
    ),
    ...listOf('What else is in the container and not in this plan:', others),
    '',
  ].join('\n')
}

function listOf(title: string, entries: readonly LeftOut[]): string[] {
  if (entries.length === 0) return []
  return ['#', `# ${title}`, ...entries.map((entry) => `#   ${leftOutLine(entry)}`)]
}

/** One line: `tag "Name": why`. */
export function leftOutLine({ kind, name, reason }: LeftOut): string {
  return `${kind} "${oneLine(name)}": ${oneLine(reason)}`
}

/** Values that people read at a glance stand in one line; `fmt` breaks those that are too long. Code has lines of its own. */
function inOneLine(node: unknown, path: readonly string[]): void {
  if (isSeq(node)) {
    if (hasLines(node)) {
      for (const item of node.items) inOneLine(item, path)
      return
    }
    node.flow = !path.includes('ignore')
    for (const item of node.items) if (isMap(item)) item.flow = true
    return
  }
  if (!isMap(node)) return
  const last = path.at(-1) ?? ''
  const parent = path.at(-2) ?? ''
  const isShort = ONE_LINE.has(last) && !(last === 'userData' && path.length === 1)
  if ((isShort || OF_SOURCES.has(parent)) && !hasLines(node)) {
    node.flow = true
    return
  }
  for (const pair of node.items as Pair<Node, Node>[])
    inOneLine(pair.value, [...path, isScalar(pair.key) ? String(pair.key.value) : ''])
}

function hasLines(node: unknown): boolean {
  if (isScalar(node)) return typeof node.value === 'string' && node.value.includes('\n')
  if (isSeq(node)) return node.items.some(hasLines)
  return isMap(node) && node.items.some(({ value }) => hasLines(value))
}

/** Parts of a plan with a line of their own above. */
const PARTS = [
  'environments',
  'entities',
  'parameters',
  'sharedParameters',
  'userProperties',
  'userData',
  'destinations',
  'goals',
  'stages',
  'ignore',
] as const

const ONE_LINE = new Set([
  'gtm',
  'ga4',
  'consent',
  'trigger',
  'measurementIdFrom',
  'eventFrom',
  'userData',
  'send',
])
const OF_SOURCES = new Set(['parameters', 'sharedParameters', 'userProperties'])

function put(document: Document, { at, text }: Comment): void {
  const pair = pairAt(document.contents, at)
  if (pair === undefined) return
  const line = ` ${oneLine(text)}`
  const { commentBefore } = pair.key
  pair.key.commentBefore =
    typeof commentBefore === 'string' && commentBefore !== '' ? `${commentBefore}\n${line}` : line
}

function pairAt(contents: unknown, at: Pointer): Pair<Node, Node> | undefined {
  let node = contents
  let found: Pair<Node, Node> | undefined
  for (const step of stepsOf(at)) {
    if (!isMap(node)) return undefined
    found = (node as YAMLMap<Node, Node>).items.find(({ key }) => isScalar(key) && String(key.value) === step)
    node = found?.value
  }
  return found
}
