-- The leaves of the transparency log, numbered 0, 1, 2, … without gaps. A receipt is a leaf: its signed message. What else
-- moves money, and the state of all balances from time to time, is in log_text. What was settled before has no number.
alter table journal_head add column leaf_count bigint default 0 not null;

alter table receipt add column leaf_index bigint;
create unique index receipt_by_leaf on receipt (leaf_index);

create table log_text (
    leaf_index bigint        not null primary key,
    body       varchar(2000) not null
);
