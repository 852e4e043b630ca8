/*
 * Reads an OpenAPI document on standard input and writes the types of the web's client to standard
 * output. A workspace of its own: openapi-typescript needs the interface of TypeScript 5, which
 * the compiler of this repository no longer has.
 */
import { text } from 'node:stream/consumers';
import openapiTypescript, { astToString } from 'openapi-typescript';

const document = JSON.parse(await text(process.stdin));
const types = await openapiTypescript(document, { alphabetize: true });
process.stdout.write(astToString(types));
