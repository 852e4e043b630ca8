-- From where a user signed in: there the failures of others, elsewhere, do not shut him out.
alter table platform.login_failures add column known_until timestamptz;
