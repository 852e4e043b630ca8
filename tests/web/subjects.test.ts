import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../journeys/served.ts';
import { formsOf, subjectTemplates } from './subject-builders.ts';

const CLEARING = join(ROOT, 'server', 'src', 'modules', 'clearing');
const READER = join(ROOT, 'web', 'src', 'rooms', 'operations', 'subject.ts');
const FORMS = formsOf(READER, readFileSync(READER, 'utf8'));

/** Every way in which the server says what an exception is about, with subjects that it makes. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  'missing:${date}/${name}': ['missing:2026-03-06/01/market'],
  '${kind}:${key.bucket}/${key.fileId}/${key.recordNo}': [
    'confirmation:19/1285/3',
    'account:19/1285/3',
    'distribution:19/1285/3',
  ],
  'differences:${registrarCode}/${businessDate}': ['differences:01/2026-03-06'],
  'order:${orderId}': ['order:7QXW3N'],
  'statement:${date}': ['statement:2026-03-06'],
  'nav:${fundCode}': ['nav:990062'],
  'nav:${item.fundCode}/${item.navDate}': ['nav:990062/2026-03-06'],
  'nav:${fundCode}/${navDate}': ['nav:990062/2026-03-06'],
  'navs:${registrarCode}/${fileDate}': ['navs:01/2026-03-06'],
  'package:${found.party}/${found.kind}/${formatBasicDate(found.fileDate)}': [
    'package:03/OFI/20260306',
  ],
  'file:${found.party}/${copy.name}': ['file:01/OFD_01_305_20260306_04.TXT'],
  'serial:${party}/${taSerial}/${businessCode}': ['serial:01/20260306-42/122'],
  'break:${kind}/${item.subject}': [
    'break:units/03/C41N1FQT3BQBAF5DE/990062/0',
    'break:cash/0AFWFHSF2M6N14',
    'break:bankTotal/bucket:10',
    'break:bankTotal/account:0AFWFHSF2M6N14',
  ],
};

/** The sources that raise exceptions, and those with the functions that name their subjects. */
function readSources(): Map<string, string> {
  const paths = readdirSync(CLEARING, { recursive: true, encoding: 'utf8' });
  return new Map(
    paths
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path): [string, string] => [path, readFileSync(join(CLEARING, path), 'utf8')])
      .filter(([, source]) => /\braiseExceptions\(|Subject = \(/.test(source))
      // The one that writes them down is told what they are about.
      .filter(([path]) => path !== 'exceptions.ts'),
  );
}

/** What the server writes and nobody reads in words. */
function unread(templates: Iterable<string>): string[] {
  return [...templates].filter((template) => {
    const subjects = SUBJECTS[template] ?? [];
    return (
      subjects.length === 0 ||
      !subjects.every((subject) => FORMS.some((form) => form.test(subject)))
    );
  });
}

test('whatever an exception is about is said in words', () => {
  const templates = subjectTemplates(readSources());
  expect(unread(templates)).toEqual([]);
  expect([...templates].toSorted()).toEqual(Object.keys(SUBJECTS).toSorted());
});

test('a planted subject that no form reads is found, made in place or by a function', () => {
  const sources = new Map([
    ['a.ts', 'raise({ severity: "remind", subject: `moon:${phase}` });'],
    ['b.ts', 'const of = (id: string) => `tide:${id}`; raise({ severity, subject: of(id) });'],
    ['c.ts', 'raise({ severity, subject: `order:${orderId}` });'],
  ]);
  expect(unread(subjectTemplates(sources))).toEqual(['moon:${phase}', 'tide:${id}']);
});

test('a planted subject whose making cannot be seen is refused', () => {
  const hidden = new Map([['a.ts', 'raise({ severity, subject: given });']]);
  expect(() => subjectTemplates(hidden)).toThrow('a subject is made in no known way');
});
