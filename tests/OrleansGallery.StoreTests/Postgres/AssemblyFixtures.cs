using OrleansGallery.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
