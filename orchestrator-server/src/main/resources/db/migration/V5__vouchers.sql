-- Vouchers, by the SHA-256 of their codes; a code itself is kept nowhere. Who redeemed one is not written here: it is the
-- account that the transfer of this id credits. gift: credits that are spent on answers only.
create table voucher (
    voucher_id  varchar(16)  not null primary key,
    code_hash   char(64)     not null unique,
    transfer_id varchar(100) not null unique,
    label       varchar(64)  not null,
    amount      bigint       not null check (amount > 0),
    gift        boolean      not null,
    made_at     bigint       not null,
    expires_at  bigint,
    revoked_at  bigint
);
