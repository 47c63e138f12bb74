create table change (
    number bigint not null primary key,
    author text not null,
    at text not null,
    at_us bigint not null,
    reason text not null,
    state text not null,
    undoes bigint,
    sheets text not null
);
create index change_at on change (at_us);
create index change_undoes on change (undoes) where undoes is not null;

create table revision (
    seq bigint not null primary key,
    change bigint not null references change (number),
    kind text not null,
    record text not null,
    op text not null,
    body text not null,
    sheet bigint,
    sheet_row bigint,
    hash bytea not null
);
create index revision_record on revision (kind, record, seq);
create index revision_change on revision (change);

create table head (
    id integer not null primary key check (id = 1),
    number bigint not null,
    n_revisions bigint not null,
    hash bytea not null
);
insert into head (id, number, n_revisions, hash) values (1, 0, 0, decode(repeat('00', 32), 'hex'));
