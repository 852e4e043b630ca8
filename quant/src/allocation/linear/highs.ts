/**
 * HiGHS (MIT, WebAssembly), the solver of linear and mixed-integer programs. It is loaded once,
 * when first asked for; loading takes about 80 ms and solving blocks the thread.
 */
import highsLoader, { type Highs, type ModelData } from 'highs';
import type { QuadraticProgram } from '../quadratic/program.ts';

let loaded: Promise<Highs> | undefined;

/** The one instance of this thread. */
export function loadHighs(): Promise<Highs> {
  // The package's types describe its CommonJS file; an import gets the other one, whose default
  // export is the loader itself.
  const load = highsLoader as unknown as typeof highsLoader.default;
  loaded ??= load();
  return loaded;
}

/** The program in the arrays of HiGHS; a variable per asset only. */
export function modelOf(program: QuadraticProgram): ModelData {
  const n = program.linear.length;
  const m = program.rows.rows;
  const hessian = { starts: [0], indices: [] as number[], values: [] as number[] };
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      hessian.indices.push(i);
      hessian.values.push(program.hessian.data[i * n + j]!);
    }
    hessian.starts.push(hessian.indices.length);
  }
  const rows = { starts: [0], indices: [] as number[], values: [] as number[] };
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const value = program.rows.data[i * n + j]!;
      if (value === 0) continue;
      rows.indices.push(j);
      rows.values.push(value);
    }
    rows.starts.push(rows.indices.length);
  }
  const curved = hessian.values.some((each) => each !== 0);
  return {
    numCols: n,
    numRows: m,
    colCost: program.linear,
    colLower: program.lower,
    colUpper: program.upper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: { format: 'csr', numRows: m, numCols: n, ...rows },
    ...(curved ? { hessian: { format: 'triangular', dimension: n, ...hessian } } : {}),
  };
}
