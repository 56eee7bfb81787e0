-- The model files this host knows. The file itself is the truth about its content; size and time tell whether it changed.
create table models (
    digest           varchar(64)   not null primary key,
    name             varchar(128)  not null unique,
    path             varchar(4096) not null,
    size_bytes       bigint        not null,
    modified_millis  bigint        not null,
    made_here        boolean       not null,
    added_at_millis  bigint        not null
);

-- What this host was paid, receipt by receipt. The columns repeat what sums need of the receipt.
create table receipts (
    orchestrator_key  varchar(43)  not null,
    job               varchar(36)  not null,
    segment           int          not null,
    status            varchar(16)  not null,
    faults            varchar(4000) not null,
    settled_at_millis bigint       not null,
    settled_on        date         not null,
    model             varchar(141) not null,
    prompt_tokens     bigint       not null,
    completion_tokens bigint       not null,
    -- What this host remembers to have sent; null when it no longer does.
    delivered_tokens  bigint,
    host_share        bigint       not null,
    receipt           varchar(8000) not null,
    received_at_millis bigint      not null,
    primary key (orchestrator_key, job, segment)
);
create index receipts_by_day on receipts (settled_on, model);
create index receipts_by_time on receipts (settled_at_millis);
