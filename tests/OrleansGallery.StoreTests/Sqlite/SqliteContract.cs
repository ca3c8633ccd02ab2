namespace OrleansGallery.StoreTests;

/// <summary>The contract on SQLite.</summary>
public static class SqliteContract
{
    public sealed class Attributes : AttributeContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Cancellation : CancellationContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Commit : CommitContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Erasure : ErasureContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Gallery : GalleryContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Joint : JointContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Key : KeyContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Model : ModelContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Notes : NoteContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Ownership : OwnershipContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Picture : PictureContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Random : RandomContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Reading : ReadingContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Removal : RemovalContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class SearchBasis : SearchBasisContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }

    public sealed class Settings : SettingsContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }
}
