/** The load as people read it, and as figures are kept. */
import type { Figure } from '../../server/src/app/proof/figures.ts';
import type { BooksReport, DayReport, PhaseReport } from './day.ts';
import type { ProbeCourse } from './probes.ts';
import type { MemoryCourse, SoakReport } from './soak.ts';

const MB = 1_048_576;

/** The value that so many of a hundred do not exceed; 0 without values. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function numbersOf({ answers, asked, seconds, memoryBytesMax, recoverySeconds }: PhaseReport) {
  const sorted = answers.servedMs.toSorted((a, b) => a - b);
  return {
    asked,
    served: answers.served,
    perSecond: Math.round(answers.served / seconds),
    shed: answers.shed,
    hungUp: answers.hungUp,
    p50: Math.round(percentile(sorted, 0.5)),
    p95: Math.round(percentile(sorted, 0.95)),
    p99: Math.round(percentile(sorted, 0.99)),
    max: Math.round(sorted.at(-1) ?? 0),
    memoryMb: Math.round(memoryBytesMax / MB),
    recovery: recoverySeconds === undefined ? '-' : recoverySeconds.toFixed(1),
  };
}

const HEAD = {
  asked: 'asked 请求',
  served: 'served 完成',
  perSecond: '1/s',
  shed: '503',
  hungUp: 'hung up 放弃',
  p50: 'p50 ms',
  p95: 'p95 ms',
  p99: 'p99 ms',
  max: 'max ms',
  memoryMb: 'memory 内存 MB',
  recovery: 'recovery 恢复 s',
} as const;

/** Latencies of the probes of a flood, and how many failed. */
function probeNumbers({ ms, failures }: ProbeCourse) {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = [0.5, 0.95, 0.99, 1].map((share) => Math.round(percentile(sorted, share)));
  return { count: ms.length + failures.length, failed: failures.length, at: at.join(', ') };
}

/** One line a phase, then the classes of its answers, then the probes of a flood. */
export function phaseLines(phases: readonly PhaseReport[]): string {
  return phases
    .map((phase) => {
      const numbers = numbersOf(phase);
      const cells = Object.entries(HEAD).map(
        ([name, title]) => `${title} ${numbers[name as keyof typeof numbers]}`,
      );
      const classes = [...phase.answers.classes].map(([what, count]) => `${what}: ${count}`);
      const probes = phase.probes.map((course) => {
        const { count, failed, at } = probeNumbers(course);
        return `\n    ${course.path} ${count} · failed 失败 ${failed} · p50, p95, p99, max ${at} ms`;
      });
      return `${phase.name}\n    ${cells.join(' · ')}\n    ${classes.join(' · ')}${probes.join('')}`;
    })
    .join('\n');
}

/** What the night took, what the books say. */
export function nightLines(report: DayReport): string {
  const lines = report.night.map(
    ({ what, seconds, isDone }) => `${what}: ${seconds.toFixed(1)} s${isDone ? '' : ' FAILED'}`,
  );
  return [...lines, booksLines(report)].join('\n');
}

function booksLines(report: BooksReport): string {
  const drained = report.drainSeconds?.toFixed(1) ?? 'more than 180';
  return [
    `events delivered after / 事件全部送达用时: ${drained} s`,
    `acknowledged orders / 已确认受理的委托: ${report.acknowledged}, lost / 丢失: ${report.lost.length}`,
    `cairn check: ${report.check.isClean ? 'every invariant holds / 全部不变量成立' : 'FAILED'}`,
  ].join('\n');
}

/** How memory went, and what the books say. */
export function soakLines(report: SoakReport): string {
  const courses = [
    ['memory 内存', report.resident],
    ['heap 堆', report.heap],
  ] as const;
  const lines = courses.map(
    ([what, { start, warm, end, slope, curve }]) =>
      `    ${what} MB: start ${start}, warm ${warm}, end ${end}, ${slope.toFixed(1)} an hour: ${curve.join(' ')}`,
  );
  return [phaseLines([report]), ...lines, booksLines(report)].join('\n');
}

function figure(zh: string, en: string, value: number | string, unit: string): Figure {
  return { zh, en, value, unit };
}

const PHASE_ZH: Readonly<Record<string, string>> = {
  'opening 09:30': '开盘 09:30',
  'hours between': '盘中',
  'rush 14:50': '收市前 14:50',
  'overload: orders': '过载：委托',
  'overload: readers': '过载：查询',
  soak: '长时间运行',
};

function figuresOfPhase(phase: PhaseReport): Figure[] {
  const n = numbersOf(phase);
  const zh = PHASE_ZH[phase.name] ?? phase.name;
  const rows = [
    figure(`${zh}：完成`, `${phase.name}: served a second`, n.perSecond, '1/s'),
    figure(
      `${zh}：50/95/99 分位`,
      `${phase.name}: p50, p95, p99`,
      `${n.p50}, ${n.p95}, ${n.p99}`,
      'ms',
    ),
    figure(`${zh}：内存`, `${phase.name}: memory of the server`, n.memoryMb, 'MB'),
  ];
  if (!phase.isOverload) return rows;
  return [
    ...rows,
    figure(`${zh}：拒绝 503`, `${phase.name}: refused with 503`, n.shed, ''),
    figure(`${zh}：恢复`, `${phase.name}: recovery`, n.recovery, 's'),
    ...phase.probes.flatMap((course) => {
      const { count, failed, at } = probeNumbers(course);
      const { path } = course;
      return [
        figure(
          `${zh}：${path} 50/95/99 分位、最大`,
          `${phase.name}: ${path} p50, p95, p99, max`,
          at,
          'ms',
        ),
        figure(
          `${zh}：${path} 探测、失败`,
          `${phase.name}: ${path} asked, failed`,
          `${count}, ${failed}`,
          '',
        ),
      ];
    }),
  ];
}

/** Figures of a day. */
export function figuresOfDay(
  report: DayReport,
  customers: number,
  faults: readonly string[],
): Figure[] {
  const nightSeconds = report.night.reduce((sum, one) => sum + one.seconds, 0);
  return [
    figure('客户', 'customers', customers, ''),
    ...report.phases.flatMap(figuresOfPhase),
    figure('夜间批处理（两日）', 'night batch, two days', Math.round(nightSeconds), 's'),
    ...figuresOfBooks(report),
    ...faultFigures(faults),
  ];
}

function figuresOfBooks(report: BooksReport): Figure[] {
  return [
    figure('已受理委托', 'orders acknowledged', report.acknowledged, ''),
    figure('其中丢失', 'of them lost', report.lost.length, ''),
    figure('不变量', 'invariants', report.check.isClean ? 'all hold' : 'broken', ''),
  ];
}

/** What was not as it must be: a page of figures without it would say less than the command did. */
function faultFigures(faults: readonly string[]): Figure[] {
  return [figure('不符合要求之处', 'not as it must be', faults.join('; ') || 'nothing', '')];
}

function figuresOfMemory(zh: string, en: string, course: MemoryCourse): Figure[] {
  const { start, warm, end, slope, growth, curve } = course;
  const after = `${start}, ${warm}, ${end}`;
  return [
    figure(`${zh}：开始、预热后、结束`, `${en}: start, warmed up, end`, after, 'MB'),
    figure(`${zh}：预热后斜率`, `${en}: slope after warming up`, Number(slope.toFixed(1)), 'MB/h'),
    figure(
      `${zh}：后段相对中段增长`,
      `${en}: last third over the middle third`,
      Number((growth * 100).toFixed(1)),
      '%',
    ),
    figure(`${zh}：曲线`, `${en}: from start to end`, curve.join(' '), 'MB'),
  ];
}

/** Figures of a soak. */
export function figuresOfSoak(
  report: SoakReport,
  customers: number,
  faults: readonly string[],
): Figure[] {
  return [
    figure('客户', 'customers', customers, ''),
    figure('时长', 'length', Math.round(report.seconds), 's'),
    ...figuresOfPhase(report),
    ...figuresOfMemory('内存（RSS）', 'memory (RSS)', report.resident),
    ...figuresOfMemory('堆内存', 'heap in use', report.heap),
    ...figuresOfBooks(report),
    ...faultFigures(faults),
  ];
}
