-- The last checkpoint of the transparency log that was signed, as its note, kept from time to time: whoever makes the files of
-- the log again from the tables sees whether they still lead to it. One row, or none before the first.
create table signed_checkpoint (
    place smallint      not null primary key,
    size  bigint        not null,
    note  varchar(2000) not null
);
