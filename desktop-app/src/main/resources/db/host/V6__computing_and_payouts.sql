-- For how long at least one answer for the network was being computed, by day (UTC). What was before the first row is not
-- known.
create table computing_days (
    computed_on date   not null primary key,
    millis      bigint not null
);

-- What an orchestrator last told about payouts; details of the payee are not in it.
create table payout_statements (
    orchestrator_key varchar(43)     not null primary key,
    statement        varchar(200000) not null
);
