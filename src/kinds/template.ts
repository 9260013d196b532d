/**
 * A template of tags or variables: code of its own in a container. GTM gives it no notes but a section for them at the end of
 * its text, which nothing runs, and that is where whose it is stands.
 */
import { shortHash } from '../resources/marker.ts'
import { textWords, type Said } from './said.ts'
import type { GalleryTemplate, Resource, TemplateSpec } from '../resources/resource.ts'
import { otherFields } from './entity.ts'
import { textOf, type EntityModule, type Sent } from './kind.ts'

/** The last section of a template: https://developers.google.com/tag-platform/tag-manager/templates/gallery (template.tpl) */
const NOTES = /^___NOTES___[^\S\n]*$/m

const KNOWN_FIELDS = ['templateId', 'templateData']

export const template: EntityModule<'gtm/template'> = {
  title: 'template',
  titles: 'templates',
  mark: 'notes',
  removal: 'delete',
  list: 'customTemplate',
  idField: 'templateId',
  notesIn: (sent) => sectionsOf(sent).notes,
  withNotes: (sent, notes) => ({ ...sent, templateData: withNotes(sectionsOf(sent).text, notes) }),
  fromWire: (sent) => ({
    templateData: sectionsOf(sent).text,
    ...galleryIn(sent),
    other: otherFields(sent, KNOWN_FIELDS),
  }),
  toWire: ({ name, spec }, notes) => ({
    ...spec.other,
    name,
    ...(spec.gallery === undefined
      ? { templateData: withNotes(spec.templateData, notes) }
      : { galleryReference: { host: 'github.com', ...spec.gallery } }),
  }),
  words: ({ spec }) => templateWords(spec),
}

function withNotes(text: string, notes: string): string {
  return notes === '' ? `${text}\n` : `${text}\n\n\n___NOTES___\n\n${notes}\n`
}

/** `host` was github.com in every container seen; `isModified` stands there once somebody has edited the code. */
export function galleryIn({ galleryReference }: Sent): { readonly gallery?: GalleryTemplate } {
  if (galleryReference === undefined) return {}
  const { owner, repository, version, isModified } = galleryReference as Sent
  return {
    gallery: {
      owner: textOf(owner),
      repository: textOf(repository),
      version: textOf(version),
      ...(isModified === true ? { modified: true } : {}),
    },
  }
}

/** Whether both are the template of one repository, at whatever commit. */
export function isOfOneRepository(a: GalleryTemplate | undefined, b: GalleryTemplate | undefined): boolean {
  return a !== undefined && a.owner === b?.owner && a.repository === b.repository
}

/** The template of the gallery that a resource asks for; undefined for everything else. */
export function galleryOf(
  resource: Pick<Resource, 'kind' | 'spec'> | undefined,
): GalleryTemplate | undefined {
  return resource?.kind === 'gtm/template' ? (resource.spec as TemplateSpec).gallery : undefined
}

function sectionsOf(sent: Sent): { readonly text: string; readonly notes: string } {
  const [text = '', ...notes] = textOf(sent.templateData).replaceAll('\r\n', '\n').split(NOTES)
  return { text: text.trim(), notes: notes.join('').trim() }
}

/** It comes from the gallery: its text is its author's, and a mark in it would cut it off from there. */
export function isOfGallery(sent: Sent): boolean {
  return sent.galleryReference !== undefined
}

/**
 * What tags and variables of a template have as their type: `cvt_<container>_<template>`, seen in every export; of one from the
 * gallery `cvt_<code>`, if it has such a code (since 2025), the same in every container.
 */
export function typeOfTemplate({ id, sent }: { readonly id: string; readonly sent: Sent }): string {
  const code = textOf((sent.galleryReference as Sent | undefined)?.galleryTemplateId)
  return code === '' ? typeByNumber({ id, sent }) : `cvt_${code}`
}

/** The type by its number in the container, which one from the gallery may have as well. */
export function typeByNumber({ id, sent }: { readonly id: string; readonly sent: Sent }): string {
  return templateType(textOf(sent.containerId), id)
}

export function templateType(containerId: string, templateId: string): string {
  return `cvt_${containerId}_${templateId}`
}

const MAKES: { readonly [type: string]: string } = { TAG: 'tags', MACRO: 'variables' }

const CODE = /SANDBOXED_JS_FOR_(?:WEB_TEMPLATE|SERVER)/
const PERMISSIONS = /(?:WEB|SERVER)_PERMISSIONS/

function sectionIn(templateData: string, name: RegExp): string {
  return (
    new RegExp(`^___${name.source}___\\s*$([\\s\\S]*?)(?=^___[A-Z_]+___\\s*$|(?![\\s\\S]))`, 'm')
      .exec(templateData)?.[1]
      ?.trim() ?? ''
  )
}

/** What of a template comes to run, and what it may do: its picture, its form and its tests stay in the editor. */
export function codeOfTemplate(templateData: string): {
  readonly code: string
  readonly permissions: string
} {
  return { code: sectionIn(templateData, CODE), permissions: sectionIn(templateData, PERMISSIONS) }
}

/** The same for people to read, line by line as it is written. */
export function templateCodeText(templateData: string): string {
  const { code, permissions } = codeOfTemplate(templateData)
  return [code, ...(permissions === '' ? [] : [`// What it may do:\n${permissions}`])].join('\n\n')
}

/** What its words call that. */
export const TEMPLATE_CODE = 'Code'

/** So much of its code is shown whole; of more, how much it is and what tells it from another. */
const READ_AT_A_GLANCE = 2000

function templateWords({ templateData, gallery }: TemplateSpec): Said {
  if (gallery !== undefined && templateData === '') return galleryWords(gallery)
  const type = /"type":\s*"(\w+)"/.exec(sectionIn(templateData, /INFO/))?.[1] ?? ''
  const code = sectionIn(templateData, CODE)
  const may = [...sectionIn(templateData, PERMISSIONS).matchAll(/"publicId":\s*"(\w+)"/g)].map(
    ([, name = '']) => name,
  )
  return [
    ...textWords('Makes', MAKES[type] ?? type),
    ...textWords('May', may.join(', ')),
    ...textWords(
      TEMPLATE_CODE,
      code.length <= READ_AT_A_GLANCE
        ? code
        : `${code.split('\n').length} lines (${shortHash(templateData)})`,
    ),
  ]
}

/** Whose code will run, and that it stays: nothing in it says that a plan asked for it. */
function galleryWords({ owner, repository, version }: GalleryTemplate): Said {
  return [
    ['Runs the code of', `github.com/${owner}/${repository} at ${version}`],
    ['Stays', 'in the container, also when the plan no longer asks for it'],
  ]
}
