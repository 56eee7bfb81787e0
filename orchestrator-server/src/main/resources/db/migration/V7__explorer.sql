-- What the leaves of the transparency log add up to, kept with every batch, so that no question needs to read them all. The
-- tables follow from the leaves (and explorer_kind from the accounts); `ledger audit` compares. Whoever posts cannot make a sum
-- of payments larger than all that was ever minted, which one account's 64 bits hold; transfers that go in circles could, so
-- the sum of a cause has more digits.

-- One row. earlier_*: receipts of before the log, which have no leaf. last_job: the job of the last payment.
create table explorer_total (
    only_row          smallint not null primary key check (only_row = 1),
    leaves            bigint   not null,
    jobs              bigint   not null,
    hosts             bigint   not null,
    last_job          varchar(40),
    payments          bigint   not null,
    prompt_tokens     bigint   not null,
    completion_tokens bigint   not null,
    charged           bigint   not null,
    host_share        bigint   not null,
    network_share     bigint   not null,
    creator_share     bigint   not null,
    earlier_payments  bigint   not null,
    earlier_charged   bigint   not null
);
insert into explorer_total
select 1, 0, 0, 0, cast(null as varchar(40)), 0, 0, 0, 0, 0, 0, 0, count(*),
    coalesce((select sum(charged) from settlement where job in (select job from receipt where leaf_index is null)), 0)
from receipt where leaf_index is null;

create table explorer_kind (
    kind     varchar(16) not null primary key,
    accounts bigint      not null,
    balance  bigint      not null
);
insert into explorer_kind
select substring(id from 1 for position(':' in id) - 1), count(*), sum(credits_posted - debits_posted)
from account group by substring(id from 1 for position(':' in id) - 1);

create table explorer_cause (
    cause   varchar(64)    not null primary key,
    entries bigint         not null,
    amount  numeric(38, 0) not null
);

-- entries: leaves that name the host, payments and payouts; the last one's number in explorer_host_entry.
create table explorer_host (
    host              varchar(40) not null primary key,
    pseudonym         varchar(64) not null,
    entries           bigint      not null,
    payments          bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    charged           bigint      not null,
    host_share        bigint      not null,
    network_share     bigint      not null,
    creator_share     bigint      not null,
    payout_sent       bigint      not null,
    payout_returned   bigint      not null
);
create index explorer_host_by_share on explorer_host (host_share desc, host);
create index explorer_host_by_pseudonym on explorer_host (pseudonym);

-- epoch_day: whole days since 1970 UTC.
create table explorer_host_day (
    host              varchar(40) not null,
    epoch_day         integer     not null,
    entries           bigint      not null,
    payments          bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    charged           bigint      not null,
    host_share        bigint      not null,
    network_share     bigint      not null,
    creator_share     bigint      not null,
    payout_sent       bigint      not null,
    payout_returned   bigint      not null,
    primary key (host, epoch_day)
);

-- The leaves that name a host, numbered 1, 2, 3, ... for each: a page in either order is a range of numbers, which needs no sorting.
create table explorer_host_entry (
    host       varchar(40) not null,
    number     bigint      not null,
    leaf_index bigint      not null,
    primary key (host, number)
);

create table explorer_model (
    model             varchar(160) not null,
    digest            char(64)     not null,
    payments          bigint       not null,
    prompt_tokens     bigint       not null,
    completion_tokens bigint       not null,
    charged           bigint       not null,
    host_share        bigint       not null,
    network_share     bigint       not null,
    creator_share     bigint       not null,
    primary key (model, digest)
);
create index explorer_model_by_charged on explorer_model (charged desc, model, digest);
