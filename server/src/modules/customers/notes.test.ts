import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import { describeEachDb, testWorld, type TestWorld } from '../../platform/testing.ts';
import { changeProfile } from './changes.ts';
import { openCustomers } from './commands.ts';
import { idCardCheckCharacter } from './domain/id-card.ts';
import type { OpenCustomer } from './domain/opening.ts';
import { listNotes, writeNote } from './notes.ts';
import { findSimilar, indexMissingAddresses, listSimilar } from './similar.ts';

const firm: Actor = {
  kind: 'staff',
  id: 'S1',
  roles: ['operations'],
  requestId: 'test',
  from: 'local',
};
const ofB01: Actor = { ...firm, id: 'S2', branchCode: 'B01' };
const ofB02: Actor = { ...firm, id: 'S3', branchCode: 'B02' };

function card(sequence: number, born = '19900101'): string {
  const first17 = `110105${born}${String(sequence).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}

const ADDRESS = '上海市浦东新区世纪大道 100 号';

const PEOPLE: Readonly<Record<string, Partial<OpenCustomer>>> = {
  self: { certificateNo: card(1), phone: '13800000001', address: ADDRESS },
  // The same person under a passport; another branch has one, too.
  again: { certificateType: '1', certificateNo: 'E00000001', birthDate: '1990-01-01', sex: '1' },
  elsewhere: { certificateNo: card(3), phone: '13800000001', branchCode: 'B02' },
  namesake: { certificateNo: card(4, '19700707') },
  household: {
    name: '李娜',
    certificateNo: card(5, '19910202'),
    address: '上海市浦东新区世纪大道１００号',
  },
  stranger: { name: '王芳', certificateNo: card(6, '19920303'), address: '北京市朝阳区' },
};

describeEachDb('what staff know beside the particulars', (opened) => {
  let world: TestWorld;
  const ids: Record<string, string> = {};
  const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id);

  beforeAll(async () => {
    world = testWorld(opened().db);
    const requests = Object.values(PEOPLE).map(
      (one, place): OpenCustomer => ({
        kind: '1',
        name: '张伟',
        certificateType: '0',
        certificateNo: '',
        certificateValidUntil: null,
        phone: `1390000000${place}`,
        branchCode: 'B01',
        ...one,
      }),
    );
    const outcomes = await openCustomers(world, firm, requests);
    for (const [place, outcome] of outcomes.entries()) {
      if (outcome.outcome !== 'opened') throw new Error(JSON.stringify(outcome));
      ids[Object.keys(PEOPLE)[place] ?? ''] = outcome.customerId;
    }
  });

  const alike = async (name: string, actor: Actor) =>
    (await listSimilar(world, actor, ids[name] ?? '')).map(
      ({ customerId, reasons }) => `${nameOf(customerId)}: ${reasons.join()}`,
    );

  test('who may be the same person, why, and only in branches that one may see', async () => {
    expect((await alike('self', firm)).toSorted()).toEqual([
      'again: nameAndBirthDate',
      'elsewhere: nameAndBirthDate,phone',
      'household: address',
    ]);
    expect((await alike('self', firm))[0]).toBe('elsewhere: nameAndBirthDate,phone');
    expect(await alike('self', ofB01)).toEqual(['again: nameAndBirthDate', 'household: address']);
    expect(await alike('stranger', firm)).toEqual([]);
    await expect(listSimilar(world, ofB02, ids['self'] ?? '')).rejects.toThrow(
      'CUSTOMER_NOT_FOUND',
    );
    const [first] = await listSimilar(world, firm, ids['self'] ?? '');
    expect(first).toMatchObject({ nameMasked: '张*', phoneMasked: '138****0001' });
    expect(JSON.stringify(first)).not.toContain('张伟');
  });

  test('before a customer is opened the same is told of what is typed', async () => {
    const typed = {
      kind: '1',
      name: '李娜',
      birthDate: undefined,
      phone: '13800000001',
      address: undefined,
    } as const;
    const found = await findSimilar(world, ofB01, typed);
    expect(found.map(({ customerId }) => nameOf(customerId))).toEqual(['self']);
  });

  test('a new address is found at once, one of an earlier program after its task', async () => {
    const customerId = ids['stranger'] ?? '';
    const change = { expectedVersion: 1, change: { address: ADDRESS }, reason: 'moved' };
    await changeProfile(world, firm, { customerId, ...change });
    expect((await alike('stranger', ofB01)).toSorted()).toEqual([
      'household: address',
      'self: address',
    ]);
    await opened().db.query('update customers.customers set address_digest = null');
    expect(await alike('stranger', ofB01)).toEqual([]);
    expect(await indexMissingAddresses(world)).toBe(3);
    expect(await indexMissingAddresses(world)).toBe(0);
    expect((await alike('stranger', ofB01)).length).toBe(2);
  });

  test('a note says who and when, a correction is a note of its own, neither ever changes', async () => {
    const customerId = ids['self'] ?? '';
    expect(await writeNote(world, ofB01, { customerId, text: '来电，希望降低风险' })).toEqual({
      noteNo: 1,
    });
    await writeNote(world, firm, { customerId, text: '来电，希望提高风险', corrects: 1 });
    const { notes } = await listNotes(world, ofB01, { customerId, limit: 10 });
    expect(notes).toMatchObject([
      {
        noteNo: 2,
        text: '来电，希望提高风险',
        writtenBy: 'staff:S1',
        corrects: 1,
        correctedBy: null,
      },
      {
        noteNo: 1,
        text: '来电，希望降低风险',
        writtenBy: 'staff:S2',
        corrects: null,
        correctedBy: 2,
      },
    ]);
    const page = await listNotes(world, firm, { customerId, limit: 1 });
    expect([page.notes.map(({ noteNo }) => noteNo), page.next]).toEqual([[2], 2]);
    const rest = await listNotes(world, firm, { customerId, limit: 1, before: page.next });
    expect([rest.notes.map(({ noteNo }) => noteNo), rest.next]).toEqual([[1], undefined]);
    for (const statement of [
      "update customers.notes set written_by = 'staff:S9'",
      'delete from customers.notes',
      'truncate customers.notes',
    ]) {
      await expect(opened().db.query(statement)).rejects.toThrow();
    }
    const [stored] = await opened().db.query<{ text_cipher: Uint8Array }>(
      'select text_cipher from customers.notes where note_no = 1',
    );
    expect(Buffer.from(stored?.text_cipher ?? []).includes('来电')).toBe(false);
  });

  test('what cannot be kept or corrected is refused, and another branch sees nothing', async () => {
    const customerId = ids['self'] ?? '';
    await expect(writeNote(world, firm, { customerId, text: '  ' })).rejects.toThrow(
      'CUSTOMER_REFUSED',
    );
    await expect(writeNote(world, firm, { customerId, text: 'x', corrects: 9 })).rejects.toThrow(
      'NOTE_NOT_FOUND',
    );
    await expect(writeNote(world, ofB02, { customerId, text: 'x' })).rejects.toThrow(
      'CUSTOMER_NOT_FOUND',
    );
    await expect(listNotes(world, ofB02, { customerId, limit: 1 })).rejects.toThrow(
      'CUSTOMER_NOT_FOUND',
    );
  });
});
