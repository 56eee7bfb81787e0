-- What accounts earned on each day (UTC), and what is paid out of it. How somebody is paid is in no table: docs/ledger.md.

-- Follows from the settlements of the journal, and is written in their transaction. earned_on: days since 1970.
create table earned_day (
    account   varchar(96) not null,
    earned_on bigint      not null,
    amount    bigint      not null,
    primary key (account, earned_on)
);
insert into earned_day (account, earned_on, amount)
select credit_account, made_at / 86400000, sum(amount) from transfer
where phase = 'P' and cause = 'settlement'
    and (credit_account like 'host:%' or credit_account like 'creator:%' or credit_account like 'network:%')
group by credit_account, made_at / 86400000;

create table payout_batch (
    number      bigint      not null primary key,
    state       varchar(16) not null,
    proposed_at bigint      not null,
    proposed_by varchar(80) not null,
    approved_at bigint,
    approved_by varchar(80),
    exported_at bigint,
    ended_at    bigint
);

-- note: the provider's reference of what was paid, or why it was not. Nothing personal belongs there.
create table payout_line (
    batch      bigint       not null,
    number     integer      not null,
    account    varchar(96)  not null,
    amount     bigint       not null check (amount > 0),
    state      varchar(16)  not null,
    note       varchar(300),
    changed_at bigint       not null,
    primary key (batch, number),
    unique (batch, account)
);
create index payout_line_by_account on payout_line (account);
create index payout_line_by_state on payout_line (state);
