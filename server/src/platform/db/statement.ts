/**
 * A prepared statement that asks once a connection what its rows look like.
 *
 * The driver asks with every execution: the server describes the columns again, the client reads
 * the description again and looks up every parser again. Statements are constant text, so the first
 * answer holds for the life of the connection; the server refuses to run a statement whose columns
 * have changed since.
 */
import pg from 'pg';

/** What the driver makes of a description. */
interface Shape {
  fields: unknown[];
  _parsers: unknown[] | undefined;
  _prebuiltEmptyResultObject: Readonly<Record<string, null>> | null;
}

/** The parts of the driver's query that this class stands on; its own types leave them out. */
interface DriverQuery {
  readonly name: string;
  _result: Shape;
  _accumulateRows: boolean;
  prepare(connection: object): void;
  handleCommandComplete(message: unknown, connection: object): void;
  handleError(error: Error, connection: object): void;
}

const DriverQuery = pg.Query as unknown as new (
  config: { name: string; text: string; values: readonly unknown[] },
  callback: (error: Error | undefined, result: pg.QueryResult) => void,
) => DriverQuery;

/** A connection with the shapes that it has described, and itself without the question. */
interface Known {
  readonly shapes: Map<string, Shape>;
  readonly quiet: object;
}

const connections = new WeakMap<object, Known>();

function knownOf(connection: object): Known {
  let known = connections.get(connection);
  if (known === undefined) {
    const quiet: object = Object.create(connection, { describe: { value: () => undefined } });
    known = { shapes: new Map(), quiet };
    connections.set(connection, known);
    connections.set(quiet, known);
  }
  return known;
}

class Statement extends DriverQuery {
  override prepare(connection: object): void {
    const { shapes, quiet } = knownOf(connection);
    const shape = shapes.get(this.name);
    if (shape === undefined) {
      super.prepare(connection);
      return;
    }
    Object.assign(this._result, shape);
    this._accumulateRows = true;
    super.prepare(quiet);
  }

  override handleCommandComplete(message: unknown, connection: object): void {
    const { shapes } = knownOf(connection);
    if (!shapes.has(this.name)) {
      const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
      shapes.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
    }
    super.handleCommandComplete(message, connection);
  }

  override handleError(error: Error, connection: object): void {
    knownOf(connection).shapes.delete(this.name);
    super.handleError(error, connection);
  }
}

/** Runs a prepared statement on a client; `name` stands for this text in the whole program. */
export function runStatement(
  client: pg.ClientBase,
  config: { name: string; text: string; values: readonly unknown[] },
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const statement = new Statement(config, (error, result) => {
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    });
    client.query(statement as unknown as pg.Query);
  });
}
