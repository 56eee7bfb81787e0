-- The person's own chats, for nobody but the owner of this computer; they leave with the chat.
create table chats (
    id                bigint         not null primary key,
    title             varchar(200)   not null,
    favourite         boolean        not null,
    -- An id of the assistant, such as local/NAME; empty before one was chosen.
    model             varchar(400)   not null,
    instructions      varchar(32768) not null,
    changed_at_millis bigint         not null,
    -- Deleted by the person, who may still take that back; gone at the latest with the next start of the program.
    deleted           boolean        not null
);

create table chat_messages (
    chat              bigint         not null references chats (id) on delete cascade,
    place             int            not null,
    speaker           varchar(16)    not null,
    state             varchar(16)    not null,
    model             varchar(400)   not null,
    text              varchar(262144) not null,
    thinking          varchar(262144) not null,
    trouble           varchar(2000),
    prompt_tokens     int,
    completion_tokens int,
    cost              bigint,
    took_millis       bigint,
    at_millis         bigint         not null,
    primary key (chat, place)
);

-- What an answer on its way has said since it was last written; joined into its message at its end. So a long answer is
-- not written anew with every second.
create table chat_pieces (
    chat     bigint          not null,
    place    int             not null,
    number   int             not null,
    text     varchar(262144) not null,
    thinking varchar(262144) not null,
    primary key (chat, place, number),
    foreign key (chat, place) references chat_messages (chat, place) on delete cascade
);

-- One row: whether chats are written down at all.
create table chat_keeping (
    kept boolean not null
);
insert into chat_keeping values (true);
