import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  callElsewhere,
  describePostgres,
  type TestWorld,
  testWorld,
} from '../../platform/testing.ts';
import { actor, MONDAY_MORNING, openHolder, yuan } from './fixture.ts';
import * as accounts from './index.ts';
import { loadCash } from './index.ts';

describePostgres('races for one cash account', (opened) => {
  let world: TestWorld;
  let { transferCash } = accounts;
  let close: () => Promise<void>;
  beforeAll(async () => {
    world = testWorld(opened().db, MONDAY_MORNING);
    const elsewhere = await callElsewhere(opened(), world, { accounts });
    ({ transferCash } = elsewhere.accounts);
    ({ close } = elsewhere);
  });
  afterAll(() => close());

  test.each([8, 64])('%i withdrawals at once: exactly as many as there is money for', async (n) => {
    const holder = await openHolder(world, `withdraw-${n}`, '1000.00');
    const outcomes = await Promise.all(
      Array.from({ length: n }, (_, index) =>
        transferCash(world, actor, [
          {
            assetAccountNo: holder.assetAccountNo,
            direction: 'out',
            amount: yuan('300.00'),
            clientTransferNo: `W${index}`,
            idempotencyKey: undefined,
          },
        ]),
      ),
    );
    const states = outcomes.flat().map((one) => ('transfer' in one ? one.transfer.state : 'fault'));
    expect(states.filter((state) => state === 'posted')).toHaveLength(3);
    expect(states.filter((state) => state === 'refused')).toHaveLength(n - 3);
    const { bucket, assetAccountNo } = holder;
    const cash = await loadCash(world.db, [bucket], [assetAccountNo]);
    expect(cash.get(assetAccountNo)).toMatchObject({ balance: yuan('100.00') });
  });
});
