-- The files that are on their way to this computer; what is received already stands beside each file. A row goes when the
-- model is in the store, or when the download was cancelled and what it had received is deleted.
create table downloads (
    id            varchar(36)   not null primary key,
    -- In this order they are fetched.
    place         bigint        not null,
    name          varchar(128)  not null unique,
    source        varchar(4096) not null,
    target        varchar(4096) not null,
    size_bytes    bigint,
    digest        varchar(64),
    -- Whether size and digest were ordered; else the publisher's listing told them and may be asked again.
    ordered       boolean       not null,
    listing       varchar(4096),
    listed_file   varchar(1024),
    wish          varchar(16)   not null,
    trouble       varchar(2000)
);
