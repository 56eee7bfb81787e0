-- What a key may do and spend, and which key a settlement was charged to. Scopes are words with spaces between them;
-- a key of version 1 may do what every key could do then.
alter table api_key add column scopes varchar(200) default 'models chat embeddings account' not null;
alter table api_key add column spend_limit bigint check (spend_limit >= 0);
alter table api_key add column spend_period varchar(8);
alter table api_key add column requests_per_minute integer;
alter table api_key add column tokens_per_minute integer;
alter table api_key add column expires_at bigint;

-- Empty for what was settled under version 1: nobody wrote down then which key had asked.
alter table settlement add column key_id varchar(12);
