/**
 * Ownership without a state file. What the plan made carries, at the end of its notes, a block that says so:
 *
 *   Checked with legal in May.                                     people's own words: always kept
 *
 *   [measurement-plan]
 *   Owner: crm@harbour.example                                     ours, written anew at every apply
 *   [/measurement-plan outfitters/newsletter_signup#tag 3f9a... 17]   the marker: key, hash of what was applied, own id
 *
 * No marker, not ours. A marker with the id of another entity came with a copy, so the copy is not ours either. The hash
 * tells later who moved: the plan (desired has another hash) or somebody in Google's interface (live has another hash).
 * GA4's custom dimensions and metrics have 150 characters of description instead of notes; their key follows from their
 * parameter name and scope, so the plan's id is enough.
 *
 * What a plan says stands in there without the brackets that open a marker (`unmarked`), so it never passes for one.
 */
import { createHash } from 'node:crypto'
import { GA4_LIMITS } from '../facts/limits.ts'
import { canonicalJson } from './canonical-json.ts'
import { withoutFile } from './plan-line.ts'
import { unmarked } from './plain-words.ts'
import type { Key, Resource } from './resource.ts'

export interface Marker {
  readonly key: Key
  readonly hash: string
  /** Google's id of the entity that was marked; not known yet while it is being created. */
  readonly id?: string
  /** It was adopted, and keeps the name that it had. */
  readonly keepsName?: true
  /** The plan protects it: whoever changes or deletes it says its name. */
  readonly protected?: true
}

export interface Notes {
  /** What people wrote, without surrounding blank lines. */
  readonly human: string
  /** Our lines, without the marker. */
  readonly ours: string
  readonly marker?: Marker
}

const OPENING = '[measurement-plan]'
const CLOSING = /\[\/measurement-plan (\S+) ([0-9a-f]{12})(?: (\d+))?( named)?( protected)?\]/
const DESCRIPTION_MARKER = /\s*\[measurement-plan (\S+) ([0-9a-f]{12})\]\s*$/

/** @param id of the entity: of several blocks, which only people can have put there, its own counts. */
export function parseNotes(text: string, id?: string): Notes {
  const unix = text.replaceAll('\r\n', '\n')
  const blocks = blocksIn(unix)
  const own = blocks.findLast(({ marker }) => marker.id === id) ?? blocks.findLast(({ marker }) => !marker.id)
  const block = own ?? blocks.at(-1)
  if (!block) return { human: unix.trim(), ours: '' }
  const before = unix.slice(0, block.from).trim()
  const after = unix.slice(block.to).trim()
  return {
    human: [before, after].filter((part) => part !== '').join('\n'),
    ours: block.ours,
    marker: block.marker,
  }
}

interface Block {
  readonly from: number
  readonly to: number
  readonly ours: string
  readonly marker: Marker
}

/** Every closing with the opening right before it. */
function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(new RegExp(CLOSING, 'g'))].flatMap(
    ({ 0: closing, 1: key, 2: hash, 3: id, 4: named, 5: guarded, index }) => {
      const from = text.lastIndexOf(`${OPENING}\n`, index)
      const ours = text.slice(from + OPENING.length + 1, index)
      if (from < 0 || CLOSING.test(ours) || key === undefined || hash === undefined) return []
      const marker: Marker = {
        key,
        hash,
        ...(id === undefined ? {} : { id }),
        ...(named === undefined ? {} : { keepsName: true }),
        ...(guarded === undefined ? {} : { protected: true }),
      }
      return [{ from, to: index + closing.length, ours: ours.trimEnd(), marker }]
    },
  )
}

export function renderNotes(human: string, ours: string, marker: Marker): string {
  const block = [
    '[measurement-plan]',
    ...(ours === '' ? [] : [ours]),
    `[/measurement-plan ${marker.key} ${marker.hash}${marker.id === undefined ? '' : ` ${marker.id}`}${marker.keepsName === true ? ' named' : ''}${marker.protected === true ? ' protected' : ''}]`,
  ]
  return [...(human === '' ? [] : [human, '']), ...block].join('\n')
}

export interface Description {
  readonly text: string
  readonly marker?: { readonly plan: string; readonly hash: string }
}

export function parseDescription(text: string): Description {
  const match = DESCRIPTION_MARKER.exec(text)
  if (!match) return { text }
  const [, plan = '', hash = ''] = match
  return { text: text.slice(0, match.index), marker: { plan, hash } }
}

export function renderDescription(
  text: string,
  marker: { readonly plan: string; readonly hash: string },
): string {
  return `${text} [measurement-plan ${marker.plan} ${marker.hash}]`.trimStart()
}

/** Cuts a description so that it fits GA4's limit together with the marker. What compile puts into a spec. */
export function fitDescription(text: string, plan: string): string {
  const room = GA4_LIMITS.description - renderDescription('', { plan, hash: '0'.repeat(12) }).length - 1
  const trimmed = unmarked(text)
  return trimmed.length <= room ? trimmed : `${trimmed.slice(0, room - 1).trimEnd()}…`
}

/** 12 hex digits over what a resource is: its name, spec and our notes, but for the plan's file. Never over Google's wire form. */
export function hashOf(resource: Pick<Resource, 'name' | 'spec' | 'notes'>): string {
  const { name, spec, notes } = resource
  return shortHash(canonicalJson({ name, spec, notes: withoutFile(notes) }))
}

/** 12 hex digits. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
