// Finds out whether a model server listens somewhere, and which models it has. Never throws, sends no key and asks no model anything.

import http from 'node:http';
import https from 'node:https';
import { asObject, asWord, parseMessage } from './message.ts';

const MAX_BODY_CHARS = 1 << 20;
/** Gateways list some hundred. */
const MAX_NAMES = 1000;

/** Whether `baseUrl` (with its `/v1`) answers a list of models within `timeoutMs`. */
export async function probe(baseUrl: string, options: { timeoutMs: number }): Promise<boolean> {
  return (await modelsAt(baseUrl, options)) !== undefined;
}

/** The names of the models that `baseUrl` (with its `/v1`) lists; undefined if it lists none within `timeoutMs` or is no model server. */
export function modelsAt(baseUrl: string, options: { timeoutMs: number }): Promise<string[] | undefined> {
  return new Promise((resolve) => {
    let body = '';
    const url = `${baseUrl.replace(/^ws/, 'http').replace(/\/+$/, '')}/models`;
    if (!URL.canParse(url)) return resolve(undefined);
    const request = (url.startsWith('https:') ? https : http).get(url, { agent: false });
    const timer = setTimeout(() => end(undefined), options.timeoutMs);
    const end = (found: string[] | undefined) => {
      clearTimeout(timer);
      resolve(found);
      request.destroy();
    };
    request.on('error', () => end(undefined));
    request.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
        if (body.length > MAX_BODY_CHARS) end(undefined);
      });
      response.on('end', () => end(response.statusCode === 200 ? namesIn(body) : undefined));
    });
  });
}

function namesIn(body: string): string[] | undefined {
  const { data, models } = parseMessage(body) ?? {};
  const list = data ?? models;
  return Array.isArray(list) ? list.slice(0, MAX_NAMES).map(nameOf).filter(isName) : undefined;
}

function nameOf(model: unknown): string | undefined {
  const { id, name } = asObject(model);
  return asWord(id ?? name);
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
