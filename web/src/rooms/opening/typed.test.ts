import { expect, test } from 'vitest';
import { bodyOf, emptyTyped, fieldOf, firstOpenStep, typedOf } from './typed.ts';

const finding = (field?: string) => ({
  code: 'X',
  severity: 'block',
  message: '',
  messageZh: '',
  details: field === undefined ? {} : { field },
});

test('of a person with an identity card the number tells the birth date: it is not sent', () => {
  const typed = { ...emptyTyped('1', 'B01'), birthDate: '1990-01-01', sex: '1' } as const;
  expect(bodyOf(typed)).not.toHaveProperty('birthDate');
  expect(bodyOf({ ...typed, certificateType: '1' })).toMatchObject({
    birthDate: '1990-01-01',
    sex: '1',
  });
});

test('what is empty and may be is left out; long-term is null, not an empty day', () => {
  const body = bodyOf({ ...emptyTyped('1', 'B01'), isLongTerm: true });
  expect(body.certificateValidUntil).toBeNull();
  expect(Object.keys(body).toSorted()).toEqual([
    'branchCode',
    'certificateNo',
    'certificateType',
    'certificateValidUntil',
    'kind',
    'name',
    'phone',
  ]);
});

test('a draft gives back the form that it was made from', () => {
  const typed = {
    ...emptyTyped('0', 'B01'),
    name: '聚石实业',
    validUntil: '2030-12-31',
    representativeName: '李四',
    representativeNo: '1101',
    adviserId: 'A1',
  };
  expect(typedOf({ ...bodyOf(typed), step: 1 })).toEqual(typed);
});

test('every finding stands at a field, and the first step that has one is open', () => {
  expect(fieldOf(finding('certificateValidUntil'))).toBe('validUntil');
  expect(fieldOf(finding('representative.certificateNo'))).toBe('representativeNo');
  expect(fieldOf(finding('phone'))).toBe('phone');
  expect(fieldOf(finding())).toBe('name');
  expect(firstOpenStep([finding('phone')])).toBe(1);
  expect(firstOpenStep([finding('phone'), finding('name')])).toBe(0);
  expect(firstOpenStep([])).toBe(2);
});
