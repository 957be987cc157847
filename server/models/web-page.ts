// A web page in place of an answer: a proxy, a sign-in page or a load balancer has answered for the service.

import { STATUS_CODES } from 'node:http';

/** Characters of a page that are searched for its title. */
const maxRead = 4000;
const maxTitle = 100;

/** `contentType`: of the answer, if it has one; it is a stranger's. */
export function isWebPage(contentType: unknown, body: string): boolean {
  const isSaid = typeof contentType === 'string' && /^(text\/html|application\/xhtml)/i.test(contentType.trim());
  return isSaid || /^\s*(<!--|<!doctype html|<(html|head|body|title|center|h1)\b)/i.test(body.slice(0, maxRead));
}

/** `502 Bad Gateway (Corporate proxy)`; a title that says no more than the status is left out. */
export function sayWebPage(status: number, body: string): string {
  const name = STATUS_CODES[status] ?? '';
  const title = titleOf(body);
  const isNews = title !== '' && title !== name && !title.startsWith(String(status));
  const said = `${status} ${name}`.trim();
  return isNews ? `${said} (${title})` : said;
}

function titleOf(body: string): string {
  const [, title = ''] = /<title[^>]{0,200}>([^<]*)/i.exec(body.slice(0, maxRead)) ?? [];
  const [, heading = ''] = /<h1[^>]{0,200}>([^<]*)/i.exec(body.slice(0, maxRead)) ?? [];
  return (title.trim() || heading.trim()).replace(/\s+/g, ' ').slice(0, maxTitle);
}
