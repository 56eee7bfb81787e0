-- The digest of each published file as it was read first; a later one that differs is refused.
create table digest_pins (
    name           varchar(2000) not null primary key,
    digest         varchar(64)   not null,
    read_at_millis bigint        not null
);

-- What its person means to sell, as a draft on this computer.
create table listings (
    id                 varchar(36)   not null primary key,
    kind               varchar(16)   not null,
    path               varchar(4000) not null,
    files              bigint        not null,
    size_bytes         bigint        not null,
    title              varchar(200)  not null,
    description        varchar(8000) not null,
    licence            varchar(400)  not null,
    -- In nano-dollars.
    price              bigint        not null,
    -- In hundredths of a percent.
    royalty_points     int           not null,
    changed_at_millis  bigint        not null
);
