-- Sign-ins that were begun at an identity provider and wait, for some minutes, for the browser to come back.
create table pending (
    secret bytea not null primary key,
    ends_at bigint not null,
    body text not null
);
create index pending_ends on pending (ends_at);

-- What was not mailed yet is asked for every few seconds.
create index notice_unmailed on notice (id) where mailed_at is null;
