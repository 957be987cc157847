// Lists the models of a server, to find out whether one listens at an address. Sends no key and makes no model answer.

import http from 'node:http';
import https from 'node:https';
import { asObject, asWord, parseMessage } from './message.ts';

const maxBodyChars = 1 << 20;
/** Gateways list some hundred. */
const maxNames = 1000;

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
        if (body.length > maxBodyChars) end(undefined);
      });
      response.on('end', () => end(response.statusCode === 200 ? namesIn(body) : undefined));
    });
  });
}

function namesIn(body: string): string[] | undefined {
  const { data, models } = parseMessage(body) ?? {};
  const list = data ?? models;
  return Array.isArray(list) ? list.slice(0, maxNames).map(nameOf).filter(isName) : undefined;
}

function nameOf(model: unknown): string | undefined {
  const { id, name } = asObject(model);
  return asWord(id ?? name);
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
