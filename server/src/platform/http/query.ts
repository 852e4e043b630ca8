/**
 * Query strings. The framework parses them outside its error handling, so a fault is carried in the
 * result under a symbol and refused by the first hook.
 */
import { isStorable } from './json.ts';
import type { MalformedReason } from './malformed.ts';

const FAULT = Symbol('fault');
const PARAMETERS_MAX = 100;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

type Query = Record<string, string> & { [FAULT]?: MalformedReason };

/** Parses a query string into one text per name; `queryFault` tells what is wrong with it. */
export function parseQuery(text: string): Query {
  const query: Query = Object.create(null);
  if (text === '') return query;
  const parts = text.split('&', PARAMETERS_MAX + 1);
  if (parts.length > PARAMETERS_MAX) return fault(query, 'parameterCount');
  for (const part of parts) {
    if (part === '') continue;
    const cut = part.indexOf('=');
    const name = decode(cut === -1 ? part : part.slice(0, cut));
    const value = decode(cut === -1 ? '' : part.slice(cut + 1));
    if (name === undefined || value === undefined) return fault(query, 'parameterEncoding');
    if (!isStorable(name) || !isStorable(value)) return fault(query, 'parameterText');
    if (FORBIDDEN.has(name)) return fault(query, 'parameterForbidden');
    if (name in query) return fault(query, 'parameterTwice');
    query[name] = value;
  }
  return query;
}

function fault(query: Query, reason: MalformedReason): Query {
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
export function queryFault(query: unknown): MalformedReason | undefined {
  return typeof query === 'object' && query !== null ? (query as Query)[FAULT] : undefined;
}
