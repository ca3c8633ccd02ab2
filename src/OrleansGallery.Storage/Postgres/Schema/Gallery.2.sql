-- What changed in a slot since a version: a silo that has read a partition ahead asks for that when it takes it over,
-- and searches wait for the answer.
CREATE INDEX identities_changes ON gallery.identities (gallery, slot, version);
