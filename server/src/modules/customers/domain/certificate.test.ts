import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDate } from '@cairn/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCertificate, identityText } from './certificate.ts';
import {
  creditCodeCheckCharacter,
  findCreditCodeRefusal,
  findOrganisationCodeRefusal,
  organisationCodeCheckCharacter,
} from './credit-code.ts';
import { idCardCheckCharacter, parseIdCard } from './id-card.ts';

const TODAY = localDate('2026-03-02');

describe('identity numbers by GB 11643', () => {
  test.each([
    ['11010519491231002X', 'accepted'],
    ['53010219200508011X', 'accepted'],
    ['440524188001010014', 'accepted'],
    ['110105194912310021', 'ID_CARD_CHECK_CHARACTER'],
    ['110105194902310026', 'ID_CARD_BIRTH_DATE'],
    ['110105491231002', 'ID_CARD_15_DIGITS'],
    ['110105491331002', 'ID_CARD_BIRTH_DATE'],
    ['11010519491231002x', 'ID_CARD_LOWER_CASE_X'],
    ['990105194912310021', 'ID_CARD_REGION'],
    ['110105202712310021', 'ID_CARD_BIRTH_DATE'],
    ['11010519491231002', 'ID_CARD_FORMAT'],
    ['１１０１０５１９４９１２３１００２X', 'ID_CARD_FORMAT'],
    [' 11010519491231002X', 'ID_CARD_FORMAT'],
    ['', 'ID_CARD_FORMAT'],
  ])('%s is %s', (number, expected) => {
    const parsed = parseIdCard(number, TODAY);
    expect(parsed.ok ? 'accepted' : parsed.error).toBe(expected);
  });

  test('the number tells region, birth date and sex', () => {
    expect(parseIdCard('11010519491231002X', TODAY)).toEqual({
      ok: true,
      value: {
        number: '11010519491231002X',
        regionCode: '110105',
        birthDate: '1949-12-31',
        sex: '2',
      },
    });
  });

  test('any one changed character of a good number is refused', () => {
    const good = '11010519491231002X';
    fc.assert(
      fc.property(
        fc.nat(17),
        fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'),
        (at, character) => {
          fc.pre(good.charAt(at) !== character);
          const changed = good.slice(0, at) + character + good.slice(at + 1);
          expect(parseIdCard(changed, TODAY).ok).toBe(false);
        },
      ),
    );
  });

  const data = process.env['CAIRN_DATA'];
  const vectors = join(data ?? '', 'reference', 'id_card_gb11643_vectors.json');
  test.skipIf(data === undefined || !existsSync(vectors))(
    'published vectors (CAIRN_DATA) are decided as published; valid 15-digit ones are refused as such',
    () => {
      const file = JSON.parse(readFileSync(vectors, 'utf8')) as {
        vectors: { id: string; expected: 'valid' | 'invalid' | 'valid-15' }[];
      };
      expect(file.vectors.length).toBeGreaterThan(5);
      for (const { id, expected } of file.vectors) {
        const parsed = parseIdCard(id, TODAY);
        const is15 = !parsed.ok && parsed.error === 'ID_CARD_15_DIGITS';
        const decided = parsed.ok ? 'valid' : is15 ? 'valid-15' : 'invalid';
        expect(`${id} ${decided}`).toBe(`${id} ${expected}`);
      }
    },
  );

  test('the check character covers every remainder', () => {
    expect(idCardCheckCharacter('11010519491231002')).toBe('X');
    expect(idCardCheckCharacter('44052418800101001')).toBe('4');
  });
});

describe('credit codes by GB 32100', () => {
  test.each([
    ['91350100M000100Y43', undefined],
    ['91350100M000100Y44', 'CREDIT_CODE_CHECK_CHARACTER'],
    ['91350100M000100y43', 'CREDIT_CODE_FORMAT'],
    ['91350100I000100Y43', 'CREDIT_CODE_FORMAT'],
    ['350100100012345', 'CREDIT_CODE_FORMAT'],
  ])('%s gives %s', (code, refusal) => {
    expect(findCreditCodeRefusal(code)).toBe(refusal);
  });

  test('a code whose inner organisation code is wrong is refused though its own check agrees', () => {
    const body = '91350100M000100Y5';
    const code = body + creditCodeCheckCharacter(body);
    expect(findCreditCodeRefusal(code)).toBe('ORGANISATION_CODE_CHECK_CHARACTER');
  });

  test.each([
    ['M000100Y4', undefined],
    ['M000100Y-4', 'ORGANISATION_CODE_FORMAT'],
    ['M000100Y5', 'ORGANISATION_CODE_CHECK_CHARACTER'],
  ])('organisation code %s gives %s', (code, refusal) => {
    expect(findOrganisationCodeRefusal(code)).toBe(refusal);
    expect(organisationCodeCheckCharacter('M000100Y')).toBe('4');
  });
});

describe('certificates by kind', () => {
  test.each([
    ['1', '1', 'E12345678', 'accepted'],
    ['1', '1', 'e12345678', 'CERTIFICATE_FORMAT'],
    ['1', '4', 'H12345678', 'accepted'],
    ['1', '4', 'X12345678', 'CERTIFICATE_FORMAT'],
    ['1', 'A', '12345678', 'accepted'],
    ['1', 'B', 'USA123456789012', 'accepted'],
    ['1', '2', '军字第1234567号', 'accepted'],
    ['1', '7', '中'.repeat(16), 'CERTIFICATE_FORMAT'],
    ['1', 'Z', '12345678', 'CERTIFICATE_TYPE_UNKNOWN'],
    ['1', '__proto__', '12345678', 'CERTIFICATE_TYPE_UNKNOWN'],
    ['0', '1', '91350100M000100Y43', 'accepted'],
    ['0', '1', '350100100012345', 'CREDIT_CODE_FORMAT'],
    ['0', '3', '51350100M000100Y43', 'CREDIT_CODE_CHECK_CHARACTER'],
    ['2', '9', 'SGH123', 'accepted'],
    ['2', '1', '91350100M000100Y43', 'CERTIFICATE_TYPE_UNKNOWN'],
  ] as const)('kind %s type %s number %s is %s', (kind, type, number, expected) => {
    const checked = checkCertificate(kind, type, number, TODAY);
    expect(checked.ok ? 'accepted' : checked.error.code).toBe(expected);
  });

  test('a refusal never holds the number', () => {
    const checked = checkCertificate('1', '0', '110105194912310021', TODAY);
    expect(JSON.stringify(checked)).not.toContain('110105194912310021');
  });

  test('equal letters of different kinds are different identities', () => {
    expect(identityText('0', '8', 'X1')).not.toBe(identityText('2', '8', 'X1'));
  });
});
