/**
 * Small changes to a plan's files that leave everything else as it is written: a value set, a field renamed or removed.
 * They are made on the text, at the places that the plan remembers, and in the file that holds the value.
 */
import { pointerOf, type Edit, type Pointer } from './diagnostic.ts'
import type { ParsedPlan } from './parse.ts'
import { nodeAt, stepsOf, type MapTree, type Span, type Tree } from './tree.ts'

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
    return replaced(node.span, rendered(edit.value, written))
  }
  return holder.kind === 'map' ? added(parsed, holder, name, rendered(edit.value, '')) : undefined
}

function replaced(span: Span, text: string): Change {
  return { file: span.file, start: span.start, end: span.end, text }
}

/** A value as YAML that means the same in a block and between brackets. */
function rendered(value: Extract<Edit, { set: Pointer }>['value'], written: string): string {
  if (typeof value === 'object' && !Array.isArray(value))
    return `{ ${Object.entries(value)
      .map(([name, item]) => `${name}: ${rendered(item, '')}`)
      .join(', ')} }`
  if (typeof value === 'object') return `[${value.map((item) => rendered(item, '')).join(', ')}]`
  if (typeof value !== 'string') return String(value)
  // Digits keep what a number would lose, such as a zero in front.
  if (/^[0-9]+$/.test(written)) return `"${written}"`
  const plain = /^[A-Za-z][A-Za-z0-9_./%-]*$|^[0-9.]+%(\.\.[0-9.]+%)?$/.test(value)
  return plain && !/^(true|false|null|yes|no|on|off)$/i.test(value) ? value : JSON.stringify(value)
}

/** A new field in first place after the first one, written as its neighbours are. */
function added(parsed: ParsedPlan, map: MapTree, name: string, value: string): Change | undefined {
  const first = [...map.entries.values()].find((entry) => entry.key.file === map.span.file)
  if (first === undefined) return undefined
  const { file, start } = first.key
  const text = parsed.textOf(file) ?? ''
  if (isFlow(text, map)) return { file, start, end: start, text: `${name}: ${value}, ` }
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1)
  const end = lineEnd(text, first.value.span.end)
  return { file, start: end, end, text: `\n${' '.repeat(indent)}${name}: ${value}` }
}

function removed(text: string, holder: Tree, key: Span | undefined, node: Tree): Change {
  const { file } = node.span
  const start = key?.start ?? node.span.start
  const { end } = node.span
  if (holder.kind === 'list' || isFlow(text, holder)) {
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
