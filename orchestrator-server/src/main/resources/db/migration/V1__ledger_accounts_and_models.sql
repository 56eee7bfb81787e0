-- Everything the orchestrator keeps: the ledger, who may use the network, who serves it, and the listed models.
-- Plain SQL that H2 and PostgreSQL both run. Amounts are nano-dollars, times are milliseconds since 1970 UTC.

-- One row, rewritten by every batch: which batch was the last, and how many transfers the journal holds.
create table journal_head (
    only_row     smallint not null primary key check (only_row = 1),
    batch_number bigint   not null,
    last_seq     bigint   not null
);
insert into journal_head (only_row, batch_number, last_seq) values (1, 0, 0);

-- One row: the last line of the change log that these tables contain. Stays 0 where no such log is kept.
create table applied_change (
    only_row smallint not null primary key check (only_row = 1),
    number   bigint   not null
);
insert into applied_change (only_row, number) values (1, 0);

create table account (
    id             varchar(96) not null primary key,
    opened_at      bigint      not null,
    debits_posted  bigint      not null,
    credits_posted bigint      not null,
    debits_pending bigint      not null check (debits_pending >= 0),
    credits_pending bigint     not null check (credits_pending >= 0)
);

-- The journal: rows are added and never changed. phase: P posted, H held, R released: the row `X/end` ends the hold `X`.
create table transfer (
    seq            bigint       not null primary key,
    id             varchar(100) not null unique,
    phase          char(1)      not null check (phase in ('P', 'H', 'R')),
    debit_account  varchar(96)  not null,
    credit_account varchar(96)  not null,
    amount         bigint       not null check (amount >= 0),
    cause          varchar(32)  not null,
    made_at        bigint       not null
);

-- seq: the journal line that ended the job's hold. dropped: the price beyond the hold, which nobody paid.
create table settlement (
    seq         bigint      not null primary key,
    job         varchar(40) not null unique,
    consumer    varchar(96) not null,
    held        bigint      not null,
    charged     bigint      not null check (charged >= 0 and charged <= held),
    dropped     bigint      not null check (dropped >= 0),
    fingerprint char(64)    not null,
    settled_at  bigint      not null
);

create table receipt (
    job          varchar(40)   not null,
    segment      integer       not null,
    host_account varchar(96)   not null,
    settled_at   bigint        not null,
    body         varchar(4000) not null,
    primary key (job, segment)
);

create table api_key (
    key_id      varchar(12) not null primary key,
    account     varchar(96) not null,
    label       varchar(64) not null,
    secret_hash char(64)    not null,
    created_at  bigint      not null,
    revoked_at  bigint
);

create table known_host (
    host_id        varchar(40)  not null primary key,
    public_key     varchar(43)  not null,
    first_seen_at  bigint       not null,
    blocked_reason varchar(200)
);

create table listed_model (
    model_id             varchar(160) not null primary key,
    digest               char(64)     not null unique,
    size_bytes           bigint       not null,
    licence              varchar(200),
    prompt_price         bigint       not null,
    completion_price     bigint       not null,
    creator              varchar(96),
    royalty_basis_points integer      not null,
    listed               boolean      not null
);
