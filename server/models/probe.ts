// Finds out whether a model server listens somewhere. Never throws, and sends no key.

import http from 'node:http';
import https from 'node:https';

const MAX_BODY_CHARS = 1 << 20;

/** Whether `baseUrl` (with its `/v1`) answers a list of models within `timeoutMs`. */
export function probe(baseUrl: string, options: { timeoutMs: number }): Promise<boolean> {
  return new Promise((resolve) => {
    let body = '';
    const url = `${baseUrl.replace(/^ws/, 'http').replace(/\/+$/, '')}/models`;
    if (!URL.canParse(url)) return resolve(false);
    const request = (url.startsWith('https:') ? https : http).get(url, { agent: false });
    const timer = setTimeout(() => end(false), options.timeoutMs);
    const end = (found: boolean) => {
      clearTimeout(timer);
      resolve(found);
      request.destroy();
    };
    request.on('error', () => end(false));
    request.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
        if (body.length > MAX_BODY_CHARS) end(false);
      });
      response.on('end', () => end(response.statusCode === 200 && listsModels(body)));
    });
  });
}

function listsModels(body: string): boolean {
  try {
    const { data, models } = JSON.parse(body);
    return Array.isArray(data) || Array.isArray(models);
  } catch {
    return false;
  }
}
