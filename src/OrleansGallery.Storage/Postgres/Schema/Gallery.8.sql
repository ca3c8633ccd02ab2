-- Identities' attributes, an object of JSON; null: none. A commit that does not change them leaves the value where it is.
ALTER TABLE gallery.identities ADD COLUMN attributes text;
