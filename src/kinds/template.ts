/**
 * A template of tags or variables: code of its own in a container. GTM gives it no notes but a section for them at the end of
 * its text, which nothing runs, and that is where whose it is stands.
 */
import { shortHash } from '../resources/marker.ts'
import { textWords, type Said } from './said.ts'
import type { TemplateSpec } from '../resources/resource.ts'
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
  fromWire: (sent) => ({
    templateData: sectionsOf(sent).text,
    other: otherFields(sent, KNOWN_FIELDS),
  }),
  toWire: ({ name, spec }, notes) => ({
    ...spec.other,
    name,
    templateData:
      notes === '' ? `${spec.templateData}\n` : `${spec.templateData}\n\n\n___NOTES___\n\n${notes}\n`,
  }),
  words: ({ spec }) => templateWords(spec),
}

function sectionsOf(sent: Sent): { readonly text: string; readonly notes: string } {
  const [text = '', ...notes] = textOf(sent.templateData).replaceAll('\r\n', '\n').split(NOTES)
  return { text: text.trim(), notes: notes.join('').trim() }
}

/** It comes from the gallery: its text is its author's, and a mark in it would cut it off from there. */
export function isOfGallery(sent: Sent): boolean {
  return sent.galleryReference !== undefined
}

/** What tags and variables of a template have as their type: `cvt_<container>_<template>`, seen in every export. */
export function templateType(containerId: string, templateId: string): string {
  return `cvt_${containerId}_${templateId}`
}

const MAKES: { readonly [type: string]: string } = { TAG: 'tags', MACRO: 'variables' }

/** So much of its code is shown whole; of more, how much it is and what tells it from another. */
const READ_AT_A_GLANCE = 2000

function templateWords({ templateData }: TemplateSpec): Said {
  const section = (name: RegExp): string =>
    new RegExp(`^___${name.source}___\\s*$([\\s\\S]*?)(?=^___[A-Z_]+___\\s*$|(?![\\s\\S]))`, 'm')
      .exec(templateData)?.[1]
      ?.trim() ?? ''
  const type = /"type":\s*"(\w+)"/.exec(section(/INFO/))?.[1] ?? ''
  const code = section(/SANDBOXED_JS_FOR_(?:WEB_TEMPLATE|SERVER)/)
  const may = [...section(/(?:WEB|SERVER)_PERMISSIONS/).matchAll(/"publicId":\s*"(\w+)"/g)].map(
    ([, name = '']) => name,
  )
  return [
    ...textWords('Makes', MAKES[type] ?? type),
    ...textWords('May', may.join(', ')),
    ...textWords(
      'Code',
      code.length <= READ_AT_A_GLANCE
        ? code
        : `${code.split('\n').length} lines (${shortHash(templateData)})`,
    ),
  ]
}
