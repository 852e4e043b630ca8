export { type DbOptions, openDb } from './db/open.ts';
export type { Db, Param, Row, Sql, Tx, TxOptions } from './db/types.ts';
