/**
 * `plan fmt`: fields in the order of the schema, two spaces, one blank line as the author set it. Maps by id (goals,
 * stages, micro conversions, parameters) keep their order, which is the reader's; comments stay with what they stand at.
 */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { pointerOf, type Pointer } from './diagnostic.ts'
import { schemaAt } from './schema.ts'
import { toValue, type Tree } from './tree.ts'
import { parseYaml } from './yaml.ts'

/** `changed` is undefined for what is no plan in valid YAML; `validate` says why. */
export interface Formatted {
  readonly text: string
  readonly changed: boolean | undefined
}

/** The plan's text in canonical style; as it is where it cannot be read, or where something would get lost. */
export function formatPlan(text: string): Formatted {
  const { tree, document, diagnostics } = parseYaml('', text)
  if (tree === undefined || document === undefined || diagnostics.length > 0)
    return { text, changed: undefined }
  order(document.contents, '', text)
  const formatted = withShortLines(printed(document))
  if (formatted === text) return { text, changed: false }
  // A comment or value that did not survive is worse than an unformatted file.
  const again = parseYaml('', formatted).tree
  const same =
    again !== undefined && contentOf(again) === contentOf(tree) && commentsOf(text) === commentsOf(formatted)
  return same ? { text: formatted, changed: true } : { text, changed: false }
}

/** Wide enough that no value is folded: where to break a long text is the author's choice. */
function printed(document: Document): string {
  return tidy(document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: true }))
}

/** A map or list of maps in one line is read at a glance, up to this width; beyond it stands one field a line. */
const WIDTH = 120

function withShortLines(text: string): string {
  if (!text.split('\n').some((line) => line.length > WIDTH && line.includes('{'))) return text
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, version: '1.2' })
  const long = longLines(document.contents, text)
  if (long.length === 0) return text
  for (const node of long) node.flow = false
  const shorter = printed(document)
  // What was inside of them may still be too long.
  return shorter === text ? text : withShortLines(shorter)
}

function longLines(node: unknown, text: string): (YAMLMap | YAMLSeq)[] {
  if (!isMap(node) && !isSeq(node)) return []
  const children = node.items.map((item) => (isPair(item) ? item.value : item))
  if (node.flow !== true) return children.flatMap((child) => longLines(child, text))
  const [start = 0, end = 0] = node.range ?? []
  const width = end - (text.lastIndexOf('\n', start - 1) + 1)
  return node.items.length > 0 && width > WIDTH && (isMap(node) || children.some((child) => isMap(child)))
    ? [node]
    : []
}

/** Sorts the fields of every map that the schema gives fields; a field it does not know comes last. */
function order(node: unknown, at: Pointer, text: string): void {
  if (isSeq(node)) node.items.forEach((item, index) => order(item, at + pointerOf(index), text))
  if (!isMap(node)) return
  const map = node as YAMLMap<Node, Node>
  const fields = Object.keys(schemaAt(at).properties ?? {})
  const rank = (pair: Pair): number => {
    const index = fields.indexOf(nameOf(pair))
    return index === -1 ? fields.length : index
  }
  const [first] = map.items
  // What an alias means depends on the anchor before it, so a map with either keeps its order.
  if (fields.length > 0 && !hasReference(map)) map.items.sort((a, b) => rank(a) - rank(b))
  const [now] = map.items
  if (first !== undefined && now !== undefined && first !== now) {
    moveSpace(first.key, now.key)
    if (!isBesideKey(map, text)) moveComment(map, first.key)
  }
  for (const pair of map.items) {
    order(pair.value, at + pointerOf(nameOf(pair)), text)
    keepBesideKey(pair.key, pair.value, text)
  }
}

/** YAML gives the comment above a map's first field to the map; it goes where the field goes. */
function moveComment(map: YAMLMap<Node, Node>, first: Node): void {
  if (typeof map.commentBefore !== 'string' || map.flow === true) return
  first.commentBefore = map.commentBefore
  map.commentBefore = null
}

/** The comment in a key's own line stays there, where YAML would begin the next line with it. */
function keepBesideKey(key: Node, value: Node | null, text: string): void {
  if (!(isMap(value) || isSeq(value)) || value.flow === true) return
  if (typeof value.commentBefore !== 'string') return
  if (value.anchor !== undefined) return moveBehindAnchor(value)
  if (value.commentBefore.includes('\n') || !isBesideKey(value, text)) return
  key.comment = value.commentBefore
  value.commentBefore = null
}

/** With a comment between them an anchor would leave the line of its key: it goes to what comes first behind the anchor. */
function moveBehindAnchor(value: YAMLMap | YAMLSeq): void {
  const [item] = value.items
  const first = (isPair(item) ? item.key : item) as Node | undefined
  if (first === undefined) return
  const comments = [value.commentBefore, first.commentBefore].filter((comment) => typeof comment === 'string')
  first.commentBefore = comments.join('\n')
  value.commentBefore = null
}

/** Whether a map's or list's comment stands in the line of its own key: `account: # new`. */
function isBesideKey(node: Node, text: string): boolean {
  const above = text
    .slice(0, node.range?.[0] ?? 0)
    .split('\n')
    .slice(0, -1)
  const key = above.findLast((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  return key?.includes('#') === true
}

/** The blank line above what was not the first field belongs to the field that took the first place away. */
function moveSpace(first: Node, now: Node): void {
  if (now.spaceBefore === true) {
    now.spaceBefore = false
    first.spaceBefore = true
  }
}

function nameOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function hasReference(node: unknown): boolean {
  if (isAlias(node)) return true
  if (isScalar(node)) return node.anchor !== undefined
  if (isSeq(node)) return node.anchor !== undefined || node.items.some(hasReference)
  if (isMap(node))
    return (
      node.anchor !== undefined ||
      node.items.some(({ key, value }) => hasReference(key) || hasReference(value))
    )
  return false
}

/** `{ a: b }` but `[a, b]`, and one line break at the end. */
function tidy(text: string): string {
  const tokens = tokensOf(text)
  const kept = tokens.filter(({ text: token }, index) => {
    if (!/^ +$/.test(token)) return true
    return tokens[index - 1]?.text !== '[' && tokens[index + 1]?.text !== ']'
  })
  return `${kept
    .map((token) => token.text)
    .join('')
    .replaceAll('\r\n', '\n')
    .trimEnd()}\n`
}

interface Token {
  readonly text: string
  readonly isScalar: boolean
}

/** The text in the YAML lexer's pieces, without the marks that it puts between them. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    if (token === SCALAR) isScalar = true
    else if (!MARKS.has(token)) {
      tokens.push({ text: token, isScalar })
      isScalar = false
    }
  }
  return tokens
}

/** https://eemeli.org/yaml/#lexer */
const SCALAR = '\u001f'
const MARKS = new Set(['\u0002', '\u0018', '\ufeff'])

/** The values with every map's fields sorted, to compare by. */
function contentOf(tree: Tree): string {
  return JSON.stringify(toValue(tree), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : value,
  )
}

/** All comments, sorted, to compare by. */
function commentsOf(text: string): string {
  const comments = tokensOf(text).filter((token) => !token.isScalar && token.text.startsWith('#'))
  return comments
    .map((token) => token.text.trim())
    .toSorted()
    .join('\n')
}
