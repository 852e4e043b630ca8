-- After how many trading days a NAV that does not move is looked at: a fund whose price stands still
-- for so long is suspended, or its NAV is copied from the day before.
insert into clearing.rules (effective_date, content, source) values
  ('1990-01-02', '{"amountTolerance": "0.01", "feeTolerance": "0.01", "unitsTolerance": "0.01", "navJumpFactor": "10", "navFrozenDays": "10"}',
   'sample: one smallest unit for a different rounding at the registrar; ten days without any move');
