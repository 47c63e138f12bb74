-- What stands beside the log: persons with what is personal about them, how they sign in, proposals that are not in
-- force, and what people tell each other. Instants are microseconds since 1970 in UTC.

create table person (
    code text not null primary key,
    name text not null,
    email text not null,
    state text not null,
    body text not null,
    created_at bigint not null,
    version bigint not null
);
-- An erased person keeps the code only.
create unique index person_email on person (email) where email <> '';

-- Who is signed in in which browser.
create table sign_in (
    secret blob not null primary key,
    person text not null references person (code),
    started_at bigint not null,
    seen_at bigint not null,
    ends_at bigint not null,
    agent text not null,
    address text not null
);
create index sign_in_person on sign_in (person);

create table token (
    id text not null primary key,
    secret blob not null,
    person text not null references person (code),
    name text not null,
    scopes text not null,
    created_at bigint not null,
    ends_at bigint not null,
    used_at bigint,
    revoked_at bigint
);
create index token_person on token (person);

-- One-time links: the first administrator, an invitation, a new password.
create table link (
    secret blob not null primary key,
    purpose text not null,
    person text not null,
    created_at bigint not null,
    ends_at bigint not null,
    used_at bigint
);

-- Failed sign-ins, by person and by address; old ones are removed.
create table failure (
    id integer not null primary key,
    what text not null,
    at bigint not null
);
create index failure_what on failure (what, at);

create table proposal (
    number integer not null primary key,
    author text not null,
    state text not null,
    title text not null,
    against bigint not null,
    change bigint,
    created_at bigint not null,
    moved_at bigint not null,
    case_body text not null,
    edits text not null,
    version bigint not null
);
create index proposal_state on proposal (state, author);

create table remark (
    id integer not null primary key,
    proposal bigint,
    kind text not null,
    record text not null,
    field text not null,
    author text not null,
    at bigint not null,
    body text not null,
    mentions text not null,
    settled_at bigint
);
create index remark_proposal on remark (proposal) where proposal is not null;
create index remark_record on remark (kind, record);

create table notice (
    id integer not null primary key,
    person text not null,
    at bigint not null,
    what text not null,
    link text not null,
    args text not null,
    read_at bigint,
    mailed_at bigint
);
create index notice_person on notice (person, read_at);

-- What somebody types into a long form, kept while he types.
create table draft (
    person text not null,
    form text not null,
    saved_at bigint not null,
    body text not null,
    primary key (person, form)
);

-- Answers to requests that carry a key, so that asking again does nothing twice.
create table answered (
    person text not null,
    idempotency_key text not null,
    request blob not null,
    at bigint not null,
    status bigint not null,
    body text not null,
    primary key (person, idempotency_key)
);

-- Work that is done by one of the servers, once.
create table job (
    name text not null primary key,
    due_at bigint not null,
    taken_until bigint not null,
    ran_at bigint,
    outcome text not null
);

-- Who did, saw and took out what. Chained like the log.
create table audit (
    seq bigint not null primary key,
    at bigint not null,
    who text not null,
    deed text not null,
    kind text not null,
    record text not null,
    detail text not null,
    hash blob not null
);
create index audit_who on audit (who, seq);
create index audit_record on audit (kind, record, seq);

-- What is personal about a record: the log holds the hash of salt and value only.
create table personal (
    hash text not null primary key,
    kind text not null,
    record text not null,
    field text not null,
    salt blob not null,
    value text not null
);
create index personal_record on personal (kind, record);

-- A proposal becomes a change once.
create unique index revision_agreement on revision (record) where kind = 'agreement';
