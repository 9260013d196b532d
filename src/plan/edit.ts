/**
 * Small changes to a plan's files that leave everything else as it is written: a value set, a field renamed or removed.
 * They are made on the text, at the places that the plan remembers, and in the file that holds the value.
 */
import { parse } from 'yaml'
import { pointerOf, type Edit, type Pointer } from './diagnostic.ts'
import type { ParsedPlan } from './parse.ts'
import { nodeAt, stepsOf, toValue, type Entry, type MapTree, type Span, type Tree } from './tree.ts'

interface Change {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly text: string
}

export interface Edited {
  /** File to new text, for the files that change. */
  readonly files: ReadonlyMap<string, string>
  readonly made: number
}

/** Makes the edits; one that touches the same place as another waits for the next run. */
export function applyEdits(parsed: ParsedPlan, edits: readonly Edit[]): Edited {
  const changes = edits.flatMap((edit) => {
    const change = changeFor(parsed, edit)
    return change === undefined ? [] : [change]
  })
  changes.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start || a.end - b.end))
  const files = new Map<string, string>()
  let made = 0
  for (const file of new Set(changes.map((change) => change.file))) {
    const text = parsed.textOf(file) ?? ''
    let result = ''
    let end = 0
    for (const change of changes.filter((one) => one.file === file)) {
      if (change.start < end) continue
      result += text.slice(end, change.start) + change.text
      end = change.end
      made++
    }
    files.set(file, result + text.slice(end))
  }
  return { files, made }
}

function changeFor(parsed: ParsedPlan, edit: Edit): Change | undefined {
  if (parsed.tree === undefined) return undefined
  const pointer = 'set' in edit ? edit.set : 'rename' in edit ? edit.rename : edit.remove
  const steps = stepsOf(pointer)
  const borrowed = borrowedOn(parsed, parsed.tree, steps)
  if (borrowed !== undefined) return ownedFor(parsed, borrowed, edit)
  const name = steps.at(-1) ?? ''
  const holder = nodeAt(parsed.tree, pointerOf(...steps.slice(0, -1)))
  const node = nodeAt(parsed.tree, pointer)
  if (holder === undefined) return undefined
  const key = holder.kind === 'map' ? holder.entries.get(name)?.key : undefined
  if ('rename' in edit) return key === undefined ? undefined : replaced(key, edit.to)
  if ('remove' in edit) {
    if (node === undefined || (holder.kind === 'map' && key?.file !== node.span.file)) return undefined
    return removed(parsed.textOf(node.span.file) ?? '', holder, key, node)
  }
  if (node !== undefined) {
    const written = (parsed.textOf(node.span.file) ?? '').slice(node.span.start, node.span.end)
    const inFlow = holder.kind !== 'scalar' && isFlow(parsed.textOf(holder.span.file) ?? '', holder)
    // The text of a block ends with the line.
    const end = /\s*$/.exec(written)?.[0] ?? ''
    return replaced(node.span, rendered(edit.value, written, inFlow) + end)
  }
  if (holder.kind === 'list') return appended(parsed, holder, rendered(edit.value, ''))
  return holder.kind === 'map' ? added(parsed, holder, name, edit.value) : undefined
}

/** A value that is written as another's alias, and what an edit asks for below it. */
interface Borrowed {
  readonly holder: MapTree
  readonly key: Span
  readonly alias: Span
  readonly value: Tree
  readonly below: readonly string[]
}

/** The first on the way that is an alias: its text stands at the anchor, and others read it there, too. */
function borrowedOn(parsed: ParsedPlan, tree: Tree, steps: readonly string[]): Borrowed | undefined {
  let node: Tree | undefined = tree
  for (const [index, step] of steps.entries()) {
    if (node?.kind === 'list') node = node.items[Number(step)]
    else {
      const entry: Entry | undefined = node?.kind === 'map' ? node.entries.get(step) : undefined
      if (node?.kind !== 'map' || entry === undefined) return undefined
      const { file, end } = entry.key
      const after = /^(\s*:\s+)(\*[^\s,[\]{}]+)/.exec((parsed.textOf(file) ?? '').slice(end, end + 200))
      if (after !== null) {
        const start = end + (after[1]?.length ?? 0)
        const alias = { file, start, end: end + after[0].length }
        return { holder: node, key: entry.key, alias, value: entry.value, below: steps.slice(index + 1) }
      }
      node = entry.value
    }
  }
  return undefined
}

/** The edit here alone: what was another's is written out in this place. */
function ownedFor(
  parsed: ParsedPlan,
  { holder, key, alias, value, below }: Borrowed,
  edit: Edit,
): Change | undefined {
  const text = parsed.textOf(alias.file) ?? ''
  const inFlow = isFlow(text, holder)
  if ('rename' in edit) return below.length === 0 ? replaced(key, edit.to) : undefined
  if (below.length === 0)
    return 'set' in edit
      ? replaced(alias, rendered(edit.value, '', inFlow))
      : removed(text, holder, key, { ...value, span: alias })
  const own = toValue(value)
  let place = own as Record<string, unknown> | undefined
  for (const step of below.slice(0, -1)) place = place?.[step] as Record<string, unknown> | undefined
  const last = below.at(-1) ?? ''
  if (place === undefined) return undefined
  if ('set' in edit) place[last] = edit.value
  else if (Array.isArray(place)) place.splice(Number(last), 1)
  else Reflect.deleteProperty(place, last)
  return replaced(alias, rendered(own as Value, '', inFlow))
}

function replaced(span: Span, text: string): Change {
  return { file: span.file, start: span.start, end: span.end, text }
}

type Value = Extract<Edit, { set: Pointer }>['value']

/** A value as YAML that means the same in a block and, unless it is said to stand in none, between brackets. */
function rendered(value: Value, written: string, inFlow = true): string {
  if (Array.isArray(value))
    return `[${(value as readonly Value[]).map((item) => rendered(item, '')).join(', ')}]`
  if (typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([name, item]) => `${name}: ${rendered(item as Value, '')}`)
      .join(', ')} }`
  if (typeof value !== 'string') return String(value)
  // Digits keep what a number would lose, such as a zero in front.
  if (/^[0-9]+$/.test(written)) return `"${written}"`
  return /^["']/.test(written) || !isPlain(value, inFlow) ? JSON.stringify(value) : value
}

/** Whether a text may stand without quotes: it begins with a letter, or is a share, and every reader of YAML takes it for that text. */
function isPlain(text: string, inFlow: boolean): boolean {
  if (/^[0-9.]+%(\.\.[0-9.]+%)?$/.test(text)) return true
  if (!/^\p{L}\P{Cc}*$/u.test(text) || /^(true|false|null|yes|no|on|off|y|n)$/i.test(text)) return false
  try {
    const [read] = parse(inFlow ? `[${text}]` : `- ${text}`) as readonly unknown[]
    return read === text && (!inFlow || !/[[\]{},]/.test(text))
  } catch {
    return false
  }
}

/** One more at the end of a list, written as its neighbours are. */
function appended(parsed: ParsedPlan, list: Tree, value: string): Change | undefined {
  const last = list.kind === 'list' ? list.items.at(-1) : undefined
  if (last === undefined) return undefined
  const { file, start, end } = last.span
  const text = parsed.textOf(file) ?? ''
  if (isFlow(text, list)) return { file, start: end, end, text: `, ${value}` }
  const at = lineEnd(text, end)
  const indent = /[^\n]*$/.exec(text.slice(0, start))?.[0].replace(/-\s*$/, '') ?? ''
  return { file, start: at, end: at, text: `\n${indent}- ${value}` }
}

/** A new field, written as its neighbours are: after the first of a block, and at the end of what stands between brackets. */
function added(parsed: ParsedPlan, map: MapTree, name: string, value: Value): Change | undefined {
  const own = [...map.entries.values()].filter((entry) => entry.key.file === map.span.file)
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const { file, start } = first.key
  const text = parsed.textOf(file) ?? ''
  if (isFlow(text, map)) {
    const at = last.value.span.end
    return { file, start: at, end: at, text: `, ${name}: ${rendered(value, '')}` }
  }
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1)
  const end = lineEnd(text, first.value.span.end)
  return { file, start: end, end, text: `\n${' '.repeat(indent)}${name}: ${rendered(value, '', false)}` }
}

function removed(text: string, holder: Tree, key: Span | undefined, node: Tree): Change {
  const { file } = node.span
  const start = key?.start ?? node.span.start
  const { end } = node.span
  if (isFlow(text, holder)) {
    const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0
    if (after > 0) return { file, start, end: end + after, text: '' }
    const before = /\s*,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0
    return { file, start: start - before, end, text: '' }
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  return { file, start: lineStart, end: Math.min(lineEnd(text, end) + 1, text.length), text: '' }
}

function isFlow(text: string, tree: Tree): boolean {
  return text[tree.span.start] === '{' || text[tree.span.start] === '['
}

/** The end of the line in which a value ends. A block's span ends at the start of the next line. */
function lineEnd(text: string, offset: number): number {
  const last = offset > 0 && text[offset - 1] === '\n' ? offset - 1 : offset
  const end = text.indexOf('\n', last)
  return end === -1 ? text.length : end
}
