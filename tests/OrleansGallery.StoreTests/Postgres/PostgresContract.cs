using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>The contract on PostgreSQL.</summary>
public static class PostgresContract
{
    public sealed class Attributes(PostgresFixture postgres) : AttributeContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Cancellation(PostgresFixture postgres) : CancellationContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Commit(PostgresFixture postgres) : CommitContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Erasure(PostgresFixture postgres) : ErasureContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Gallery(PostgresFixture postgres) : GalleryContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Joint(PostgresFixture postgres) : JointContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Key(PostgresFixture postgres) : KeyContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Model(PostgresFixture postgres) : ModelContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Notes(PostgresFixture postgres) : NoteContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Ownership(PostgresFixture postgres) : OwnershipContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Picture(PostgresFixture postgres) : PictureContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Random(PostgresFixture postgres) : RandomContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Reading(PostgresFixture postgres) : ReadingContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Removal(PostgresFixture postgres) : RemovalContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class SearchBasis(PostgresFixture postgres) : SearchBasisContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }

    public sealed class Settings(PostgresFixture postgres) : SettingsContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => PostgresStoreDatabase.CreateAsync(postgres);
    }
}
