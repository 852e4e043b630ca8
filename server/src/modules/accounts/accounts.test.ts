import { addDays, instantAtShanghai } from '@cairn/kernel';
import { BUCKETS, bucketFromId, bucketOf } from '@cairn/kernel/ids';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { work } from '../../platform/work.ts';
import {
  actor,
  failingChecks,
  type Holder,
  MONDAY,
  MONDAY_MORNING,
  movementOf,
  openHolder,
  share,
  workOn,
  yuan,
} from './fixture.ts';
import {
  applyMovements,
  type AssetAccountEvent,
  changeAssetAccount,
  changeTradingAccounts,
  confirmTradingAccounts,
  cutOffTransfers,
  loadCash,
  loadHoldings,
  loadTradingAccounts,
  openAssetAccounts,
  openTradingAccounts,
  setDividendMethods,
  transferCash,
  type TransferCash,
  type TransferOutcome,
  transfersOn,
} from './index.ts';

describeEachDb('accounts', (opened) => {
  let world: TestWorld;
  beforeAll(() => {
    world = testWorld(opened().db, MONDAY_MORNING);
  });

  const eventsOf = async (accountNo: string) =>
    (
      await world.db.query<{ event: string; to_status: string }>(
        `select event, to_status from accounts.account_events where account_no = $1 order by seq`,
        [accountNo],
      )
    ).map((row) => `${row.event} ${row.to_status}`);
  const change = (holder: Holder, event: AssetAccountEvent) =>
    workOn(world, [holder], (current) =>
      changeAssetAccount(current, actor, { ...holder, event, reason: 'court order 12' }),
    );

  describe('asset accounts', () => {
    test('carry their bucket, keep the card encrypted, and open once per purpose', async () => {
      const holder = await openHolder(world, 'one');
      expect(holder.assetAccountNo).toMatch(/^[0-9A-F]{2}[0-9A-Z]{12}$/);
      expect(bucketFromId(holder.assetAccountNo)).toBe(bucketOf(holder.customerId));
      const [row] = await world.db.query<{ cipher: Uint8Array; masked: string }>(
        `select bank_account_cipher as cipher, bank_account_masked as masked
         from accounts.asset_accounts where asset_account_no = $1`,
        [holder.assetAccountNo],
      );
      expect(row?.masked).toBe('****5678');
      expect(Buffer.from(row?.cipher ?? []).toString('latin1')).not.toContain('62220202');
      const { bucket, customerId } = holder;
      const card = { bucket, customerId, bankCode: '102', bankAccountNo: '6222020200012345678' };
      const again = await workOn(world, [holder], (current) =>
        openAssetAccounts(current, world.secrets, actor, [
          { ...card, purpose: 'main' },
          { ...card, purpose: 'wealth' },
          { ...card, purpose: 'wealth' },
        ]),
      );
      expect(again.refused.map(({ code }) => code)).toEqual([
        'ASSET_ACCOUNT_EXISTS',
        'ASSET_ACCOUNT_EXISTS',
      ]);
      expect(again.done.map(({ purpose }) => purpose)).toEqual(['wealth']);
    });

    test('freeze, unfreeze and close along the table, with an event each', async () => {
      const holder = await openHolder(world, 'states');
      expect(await change(holder, 'freeze')).toMatchObject({ status: 'frozen' });
      await expect(change(holder, 'close')).rejects.toMatchObject({
        code: 'ACCOUNT_TRANSITION_REFUSED',
        details: { status: 'frozen', event: 'close' },
      });
      await change(holder, 'unfreeze');
      await expect(change(holder, 'close')).rejects.toMatchObject({
        code: 'ASSET_ACCOUNT_NOT_EMPTY',
      });
      const { bucket, tradingAccountNo } = holder;
      await workOn(world, [holder], (current) =>
        changeTradingAccounts(
          current,
          actor,
          (['requestClose', 'confirmClose'] as const).map((event) => ({
            bucket,
            tradingAccountNo,
            event,
            reason: '',
          })),
        ),
      );
      expect(await change(holder, 'close')).toMatchObject({ status: 'closed', version: 4 });
      expect(await eventsOf(holder.assetAccountNo)).toEqual([
        'open active',
        'freeze frozen',
        'unfreeze active',
        'close closed',
      ]);
      expect(await eventsOf(tradingAccountNo)).toEqual([
        'open opening',
        'confirm active',
        'requestClose closing',
        'confirmClose closed',
      ]);
    });

    test('with money left cannot close', async () => {
      const holder = await openHolder(world, 'money', '0.01');
      await expect(change(holder, 'close')).rejects.toMatchObject({
        code: 'ASSET_ACCOUNT_NOT_EMPTY',
      });
    });
  });

  describe('trading accounts', () => {
    test('one live account per registrar; a rejected one is applied for again', async () => {
      const holder = await openHolder(world, 'ta');
      const { bucket, customerId, assetAccountNo } = holder;
      const opening = { bucket, customerId, assetAccountNo, registrarCode: '02' };
      const open = () =>
        workOn(world, [holder], (current) =>
          openTradingAccounts(current, actor, [opening, { ...opening, registrarCode: '01' }]),
        );
      const first = await open();
      expect(first.refused).toMatchObject([
        { code: 'TRADING_ACCOUNT_EXISTS', details: { tradingAccountNo: holder.tradingAccountNo } },
      ]);
      const tradingAccountNo = first.done[0]?.tradingAccountNo ?? '';
      expect(tradingAccountNo).toMatch(/^[0-9A-F]{2}[0-9A-Z]{15}$/);
      const answer = { bucket, tradingAccountNo, taAccountId: undefined, reason: 'bad id' };
      const reject = () =>
        workOn(world, [holder], (current) => confirmTradingAccounts(current, actor, [answer]));
      expect((await reject()).done).toMatchObject([{ status: 'rejected', version: 2 }]);
      expect((await reject()).refused).toMatchObject([{ code: 'ACCOUNT_TRANSITION_REFUSED' }]);
      expect((await open()).done).toMatchObject([{ tradingAccountNo, status: 'opening' }]);
      await workOn(world, [holder], (current) =>
        confirmTradingAccounts(current, actor, [{ ...answer, taAccountId: '020000000001' }]),
      );
      const loaded = await loadTradingAccounts(world.db, [{ bucket, tradingAccountNo }]);
      expect(loaded.get(tradingAccountNo)).toMatchObject({
        status: 'active',
        taAccountId: '020000000001',
        version: 4,
      });
    });

    test('need an active asset account of the same customer', async () => {
      const holder = await openHolder(world, 'ta-frozen');
      const other = await openHolder(world, 'ta-other');
      await change(holder, 'freeze');
      const { bucket, customerId, assetAccountNo } = holder;
      const { refused } = await workOn(world, [holder, other], (current) =>
        openTradingAccounts(current, actor, [
          { bucket, customerId, assetAccountNo, registrarCode: '02' },
          { ...other, assetAccountNo, registrarCode: '02' },
        ]),
      );
      expect(refused.map(({ code }) => code)).toEqual([
        'ASSET_ACCOUNT_NOT_ACTIVE',
        'ASSET_ACCOUNT_NOT_FOUND',
      ]);
    });

    test('with units cannot close', async () => {
      const holder = await openHolder(world, 'ta-units');
      const { bucket, tradingAccountNo } = holder;
      const bought = { kind: 'purchase' as const, units: share('1'), amount: yuan('1') };
      const { refused } = await workOn(world, [holder], async (current) => {
        await applyMovements(current, [movementOf(holder, 'TU1', bought)]);
        const event = 'requestClose' as const;
        return await changeTradingAccounts(current, actor, [
          { bucket, tradingAccountNo, event, reason: '' },
          { bucket, tradingAccountNo: '00NOSUCHTRADINGAC', event, reason: '' },
        ]);
      });
      expect(refused.map(({ code }) => code)).toEqual([
        'TRADING_ACCOUNT_NOT_EMPTY',
        'TRADING_ACCOUNT_NOT_FOUND',
      ]);
    });
  });

  test('the last dividend choice stands, before and after the first purchase', async () => {
    const holder = await openHolder(world, 'dividend');
    const bought = { kind: 'purchase' as const, units: share('1'), amount: yuan('1') };
    const key = movementOf(holder, 'DV1', bought);
    const choose = (...methods: ('0' | '1')[]) =>
      workOn(world, [holder], (current) =>
        setDividendMethods(
          current,
          methods.map((dividendMethod) => ({ ...key, dividendMethod })),
        ),
      );
    const methodNow = async () => [...(await loadHoldings(world.db, [key])).values()][0];
    await choose('1', '0');
    expect(await methodNow()).toMatchObject({ dividendMethod: '0', units: 0n });
    await workOn(world, [holder], (current) => applyMovements(current, [key]));
    expect(await methodNow()).toMatchObject({ dividendMethod: '0', units: share('1') });
    await choose('1');
    expect(await methodNow()).toMatchObject({ dividendMethod: '1' });
    expect(await failingChecks(world.db, world)).toEqual([]);
  });

  describe('transfers', () => {
    const send = (holder: Holder, ...requests: Partial<TransferCash>[]) =>
      transferCash(
        world,
        actor,
        requests.map((request) => ({
          assetAccountNo: holder.assetAccountNo,
          direction: 'in',
          amount: yuan('100'),
          clientTransferNo: 'N1',
          idempotencyKey: undefined,
          ...request,
        })),
      );
    const shown = (outcome: TransferOutcome | undefined) =>
      outcome === undefined || 'fault' in outcome
        ? outcome?.fault.code
        : `${outcome.transfer.refusal?.code ?? 'posted'}${outcome.repeated ? ' again' : ''}`;
    const balanceOf = async (holder: Holder) =>
      (await loadCash(world.db, [holder.bucket], [holder.assetAccountNo])).get(
        holder.assetAccountNo,
      )?.balance;

    test('same number, same body: same answer, one effect; other body: 422', async () => {
      const holder = await openHolder(world, 'twice');
      const answers = [
        ...(await send(holder, {}, {}, { amount: yuan('101') }, { direction: 'out' })),
        ...(await send(holder, {})),
        ...(await send(holder, { amount: yuan('101') })),
      ];
      expect(answers.map(shown)).toEqual([
        'posted',
        'posted again',
        'TRANSFER_NO_REUSED',
        'TRANSFER_NO_REUSED',
        'posted again',
        'TRANSFER_NO_REUSED',
      ]);
      expect(await balanceOf(holder)).toBe(yuan('100'));
    });

    test('fifty at once with one number move money once', async () => {
      const holder = await openHolder(world, 'fifty');
      const answers = await Promise.all(Array.from({ length: 50 }, () => send(holder, {})));
      const kinds = answers.flat().map(shown);
      expect(kinds.filter((kind) => kind === 'posted')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'posted again')).toHaveLength(49);
      expect(await balanceOf(holder)).toBe(yuan('100'));
    });

    test('one idempotency key stands for one transfer', async () => {
      const holder = await openHolder(world, 'keys');
      const idempotencyKey = 'key-1';
      const answers = [
        ...(await send(holder, { idempotencyKey }, { idempotencyKey })),
        ...(await send(holder, { idempotencyKey, clientTransferNo: 'N2' })),
        ...(await send(holder, { idempotencyKey, amount: yuan('1') })),
        ...(await send(holder, { idempotencyKey: 'key-2' })),
      ];
      expect(answers.map(shown)).toEqual([
        'posted',
        'posted again',
        'TRANSFER_KEY_REUSED',
        'TRANSFER_KEY_REUSED',
        'posted again',
      ]);
    });

    test('a number that failed stays failed when the money has come', async () => {
      const holder = await openHolder(world, 'failed');
      const out = { direction: 'out' as const, clientTransferNo: 'OUT' };
      const answers = [
        ...(await send(holder, out)),
        ...(await send(holder, {})),
        ...(await send(holder, out)),
        ...(await send(holder, { ...out, clientTransferNo: 'OUT2' })),
      ];
      expect(answers.map(shown)).toEqual([
        'CASH_INSUFFICIENT',
        'posted',
        'CASH_INSUFFICIENT again',
        'posted',
      ]);
    });

    test('unknown accounts and amounts outside the range record nothing', async () => {
      const holder = await openHolder(world, 'range');
      const answers = await send(
        holder,
        { assetAccountNo: '00NOSUCHACCOUN' },
        { assetAccountNo: "' or 1=1--" },
        { amount: yuan('0') },
        { amount: yuan('1000000000000000.00') },
        { amount: yuan('999999999999999.99') },
        { clientTransferNo: 'N2', amount: yuan('0.01') },
      );
      expect(answers.map(shown)).toEqual([
        'ASSET_ACCOUNT_NOT_FOUND',
        'ASSET_ACCOUNT_NOT_FOUND',
        'TRANSFER_AMOUNT_INVALID',
        'TRANSFER_AMOUNT_INVALID',
        'posted',
        'BALANCE_LIMIT_EXCEEDED',
      ]);
      await send(holder, {
        clientTransferNo: 'N3',
        direction: 'out',
        amount: yuan('999999999999999.99'),
      });
    });

    test('every transfer leaves an audit record, refused ones too', async () => {
      const holder = await openHolder(world, 'audited');
      const [done, refused] = await send(
        holder,
        {},
        { direction: 'out', amount: yuan('100.01'), clientTransferNo: 'N2' },
      );
      const subjects = [done, refused].map((one) =>
        one !== undefined && 'transfer' in one ? `transfer:${one.transfer.transferId}` : '',
      );
      const rows = await world.db.query<{ subject: string; result: string }>(
        `select subject, result from platform.audit where subject = any($1::text[])`,
        [subjects],
      );
      expect(new Map(rows.map((row) => [row.subject, row.result]))).toEqual(
        new Map([
          [subjects[0], 'done'],
          [subjects[1], 'refused'],
        ]),
      );
    });

    test('the bank is told in the order of booking: money in before it goes out again', async () => {
      const numbers = Array.from({ length: 6 }, (_, n) => `F${n}`);
      const holder = await openHolder(world, 'order');
      for (const [n, clientTransferNo] of numbers.entries()) {
        await send(holder, { clientTransferNo, direction: n % 2 === 0 ? 'in' : 'out' });
        world.clock.advanceMs(n % 2);
      }
      const told = (await transfersOn(world.db, MONDAY)).filter(
        (transfer) => transfer.assetAccountNo === holder.assetAccountNo,
      );
      expect(told.map((transfer) => transfer.clientTransferNo)).toEqual(numbers);
      world.clock.set(MONDAY_MORNING);
    });

    test('after the day was told to the bank, a transfer belongs to the next', async () => {
      const holder = await openHolder(world, 'day');
      await send(holder, {});
      const everyBucket = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
      await work(world, everyBucket, (current) => cutOffTransfers(current, MONDAY));
      await send(holder, { clientTransferNo: 'N2' });
      const own = async (date: typeof MONDAY) =>
        (await transfersOn(world.db, date))
          .filter((transfer) => transfer.assetAccountNo === holder.assetAccountNo)
          .map((transfer) => transfer.clientTransferNo);
      expect(await own(MONDAY)).toEqual(['N1']);
      expect(await own(addDays(MONDAY, 1))).toEqual(['N2']);
      world.clock.set(instantAtShanghai(addDays(MONDAY, 1), '15:00:00.000'));
      await send(holder, { clientTransferNo: 'N3' });
      expect(await own(addDays(MONDAY, 2))).toEqual(['N3']);
      world.clock.set(MONDAY_MORNING);
    });
  });
});
