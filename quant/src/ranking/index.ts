export {
  RANKABLE_MEASURES,
  type RankingPlan,
  type RankingTable,
  rankTimeAligned,
  rankWithin,
  type Standing,
  standingOf,
} from './ranking.ts';
