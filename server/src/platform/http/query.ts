/**
 * Query strings. The framework parses them outside its error handling, so a fault is carried in the
 * result under a symbol and refused by the first hook.
 */
import { isStorable } from './json.ts';

const FAULT = Symbol('fault');
const PARAMETERS_MAX = 100;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

type Query = Record<string, string> & { [FAULT]?: string };

/** Parses a query string into one text per name; `queryFault` tells what is wrong with it. */
export function parseQuery(text: string): Query {
  const query: Query = Object.create(null);
  if (text === '') return query;
  const parts = text.split('&', PARAMETERS_MAX + 1);
  if (parts.length > PARAMETERS_MAX) return fault(query, `more than ${PARAMETERS_MAX} parameters`);
  for (const part of parts) {
    if (part === '') continue;
    const cut = part.indexOf('=');
    const name = decode(cut === -1 ? part : part.slice(0, cut));
    const value = decode(cut === -1 ? '' : part.slice(cut + 1));
    if (name === undefined || value === undefined)
      return fault(query, 'a parameter is not UTF-8 text');
    if (!isStorable(name) || !isStorable(value))
      return fault(query, 'a parameter is not plain text');
    if (FORBIDDEN.has(name)) return fault(query, 'a parameter reaches into the program');
    if (name in query) return fault(query, 'a parameter stands twice');
    query[name] = value;
  }
  return query;
}

function fault(query: Query, reason: string): Query {
  query[FAULT] = reason;
  return query;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Why a parsed query string must be refused, if it must. */
export function queryFault(query: unknown): string | undefined {
  return typeof query === 'object' && query !== null ? (query as Query)[FAULT] : undefined;
}
