/**
 * Ownership without a state file. What the plan made carries, at the end of its notes, a block that says so:
 *
 *   Checked with legal in May.                                     people's own words: always kept
 *
 *   [measurement-plan]
 *   Owner: crm@harbour.example                                     ours, written anew at every apply
 *   [/measurement-plan outfitters/newsletter_signup#tag 3f9a... 17]   the marker: key, hash of what was applied, own id
 *
 * No marker, not ours. A marker with the id of another entity came with a copy, so the copy is not ours either. The hash tells later who moved: the plan (desired has another hash) or somebody in
 * Google's interface (live has another hash). GA4's custom dimensions and metrics have 150 characters of
 * description instead of notes; their key follows from their parameter name and scope, so the plan's id is enough.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { withoutFile } from './plan-line.ts'
import type { Key, Resource } from './resource.ts'

export interface Marker {
  readonly key: Key
  readonly hash: string
  /** Google's id of the entity that was marked; not known yet while it is being created. */
  readonly id?: string
}

export interface Notes {
  /** What people wrote, without surrounding blank lines. */
  readonly human: string
  /** Our lines, without the marker. */
  readonly ours: string
  readonly marker?: Marker
}

const BLOCK = /\[measurement-plan\]\n([\s\S]*?)\[\/measurement-plan (\S+) ([0-9a-f]{12})(?: (\d+))?\]/
const DESCRIPTION_MARKER = /\s*\[measurement-plan (\S+) ([0-9a-f]{12})\]\s*$/

/** GA4 allows 150 characters: https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.customDimensions */
const DESCRIPTION_LIMIT = 150

export function parseNotes(text: string): Notes {
  const unix = text.replaceAll('\r\n', '\n')
  const match = BLOCK.exec(unix)
  if (!match) return { human: unix.trim(), ours: '' }
  const [block, ours = '', key = '', hash = '', id] = match
  const before = unix.slice(0, match.index).trim()
  const after = unix.slice(match.index + block.length).trim()
  return {
    human: [before, after].filter((part) => part !== '').join('\n'),
    ours: ours.trimEnd(),
    marker: { key, hash, ...(id === undefined ? {} : { id }) },
  }
}

export function renderNotes(human: string, ours: string, marker: Marker): string {
  const block = [
    '[measurement-plan]',
    ...(ours === '' ? [] : [ours]),
    `[/measurement-plan ${marker.key} ${marker.hash}${marker.id === undefined ? '' : ` ${marker.id}`}]`,
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
  const room = DESCRIPTION_LIMIT - renderDescription('', { plan, hash: '0'.repeat(12) }).length - 1
  const trimmed = text.replace(/\s+/g, ' ').trim()
  return trimmed.length <= room ? trimmed : `${trimmed.slice(0, room - 1).trimEnd()}…`
}

/** 12 hex digits over what a resource is: its name, spec and our notes, but for the plan's file. Never over Google's wire form. */
export function hashOf(resource: Pick<Resource, 'name' | 'spec' | 'notes'>): string {
  const { name, spec, notes } = resource
  return createHash('sha256')
    .update(canonicalJson({ name, spec, notes: withoutFile(notes) }))
    .digest('hex')
    .slice(0, 12)
}
