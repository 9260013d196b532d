/** The table of sources: a kind is one file and its two lines here. */
import { click, type ClickSource } from './click.ts'
import { container, type ContainerSource } from './container.ts'
import { cookie, type CookieSource } from './cookie.ts'
import { dataLayer, type DataLayerSource } from './data-layer.ts'
import { element, type ElementSource } from './element.ts'
import { error, type ErrorSource } from './error.ts'
import { event, type EventSource } from './event.ts'
import { form, type FormSource } from './form.ts'
import { global, type GlobalSource } from './global.ts'
import { history, type HistorySource } from './history.ts'
import { javascript, type JavascriptSource } from './javascript.ts'
import { lookup, type LookupSource } from './lookup.ts'
import { match, type MatchSource } from './match.ts'
import type { SourceModule, Subject } from './module.ts'
import { nothing, type NothingSource } from './nothing.ts'
import { referrer, type ReferrerSource } from './referrer.ts'
import { scroll, type ScrollSource } from './scroll.ts'
import type { SourceKind, SourceObject } from './source.ts'
import { text, type TextSource } from './text.ts'
import { url, type UrlSource } from './url.ts'
import { variable, type VariableSource } from './variable.ts'
import { video, type VideoSource } from './video.ts'
import { visibility, type VisibilitySource } from './visibility.ts'

export interface SourceByKind {
  dataLayer: DataLayerSource
  url: UrlSource
  referrer: ReferrerSource
  cookie: CookieSource
  element: ElementSource
  click: ClickSource
  form: FormSource
  scroll: ScrollSource
  video: VideoSource
  visibility: VisibilitySource
  history: HistorySource
  error: ErrorSource
  event: EventSource
  container: ContainerSource
  global: GlobalSource
  text: TextSource
  lookup: LookupSource
  match: MatchSource
  javascript: JavascriptSource
  variable: VariableSource
  nothing: NothingSource
}

/** In the order of the schema. */
export const SOURCES: { readonly [K in SourceKind]: SourceModule<K> } = {
  dataLayer,
  url,
  referrer,
  cookie,
  element,
  click,
  form,
  scroll,
  video,
  visibility,
  history,
  error,
  event,
  container,
  global,
  text,
  lookup,
  match,
  javascript,
  variable,
  nothing,
}

/** The module of a kind, for a source of that kind. */
export function sourceModule(kind: SourceKind): SourceModule {
  return SOURCES[kind]
}

export function sourceKinds(): readonly SourceKind[] {
  return Object.keys(SOURCES) as SourceKind[]
}

/** Whether the subject of a condition is read as a source of that kind is. */
export function isSourceKind(subject: string): subject is SourceKind {
  return Object.hasOwn(SOURCES, subject)
}

/** The kinds that a source names: exactly one, in a plan that has passed the check. */
export function kindsIn(source: SourceObject): readonly SourceKind[] {
  return sourceKinds().filter((kind) => source[kind] !== undefined)
}

/** The source that a condition names by a key of its own, and where its test stands. */
export function subjectNamed(name: string): Subject | undefined {
  return sourceKinds()
    .filter((kind) => Object.hasOwn(SOURCES[kind].subjects, name))
    .map((kind) => sourceModule(kind).subjects[name])
    .at(0)
}
