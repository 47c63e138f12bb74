-- How often something personal about records was erased: whoever holds a state made before makes it anew.
alter table head add column n_erased bigint not null default 0;

-- What is to be erased is named by its value.
create index personal_value on personal (value);
