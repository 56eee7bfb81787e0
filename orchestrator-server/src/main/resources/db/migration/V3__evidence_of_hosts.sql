-- What hosts did, and what it adds up to: the ground of their reputation. Holds nothing of consumers, prompts or answers
-- but their lengths. subject: the digest of a model, or 'presence'.

-- Rows are added and never changed; old ones are taken away once they are in host_history.folded.
create table evidence (
    host_id varchar(40)  not null,
    subject varchar(64)  not null,
    number  bigint       not null,
    made_at bigint       not null,
    name    varchar(40)  not null,
    body    varchar(500) not null,
    primary key (host_id, subject, number)
);
create index evidence_by_time on evidence (made_at);

-- body: what all evidence up to last_number adds up to. folded: the same up to folded_number; the rows after it are there.
create table host_history (
    host_id       varchar(40)   not null,
    subject       varchar(64)   not null,
    last_number   bigint        not null,
    last_at       bigint        not null,
    body          varchar(2000) not null,
    folded_number bigint        not null,
    folded        varchar(2000) not null,
    primary key (host_id, subject)
);
