-- What hosts were paid for a file, by day (whole days since 1970 UTC, by the leaf's time) and host. Payments of nothing have no
-- row: the rows of a file in some days are the hosts that earned with it. The key begins with the day: the question is for all
-- files of the last days. Filled for leaves of before by 10.1.
create table explorer_model_day (
    epoch_day  integer     not null,
    digest     char(64)    not null,
    host       varchar(40) not null,
    host_share bigint      not null,
    primary key (epoch_day, digest, host)
);
