/** Markdown as GitHub shows it: GFM, its links for @names and #numbers, its cleaning of HTML. */
import type { Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remarkGithub from 'remark-github'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

/** The page as a tree. rehype-sanitize's default schema is the one that GitHub publishes. */
export function asGithubShows(markdown: string): Root {
  const pipeline = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkGithub, { repository: 'harbour/measurement' })
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
  return pipeline.runSync(pipeline.parse(markdown))
}
