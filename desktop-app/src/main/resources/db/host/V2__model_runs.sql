-- How fast a model ran when it was last measured on this computer with this engine, and what it can be asked for.
create table model_runs (
    digest             varchar(64)   not null,
    machine            varchar(64)   not null,
    engine             varchar(64)   not null,
    threads            int           not null,
    micro_batch        int           not null,
    gpu_layers         int           not null,
    prefill            double precision not null,
    decode_one         double precision not null,
    decode_four        double precision not null,
    load_millis        bigint        not null,
    features           varchar(2000) not null,
    -- Whether other ways to compute it were tried too.
    searched           boolean       not null,
    measured_at_millis bigint        not null,
    primary key (digest, machine, engine)
);

-- Models that are not loaded again: they crashed the engine or are too slow here. Another engine is another chance.
create table quarantines (
    digest       varchar(64)   not null primary key,
    engine       varchar(64)   not null,
    reason       varchar(2000) not null,
    since_millis bigint        not null
);
