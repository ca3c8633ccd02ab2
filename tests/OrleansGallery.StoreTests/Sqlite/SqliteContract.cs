namespace OrleansGallery.StoreTests;

/// <summary>The contract on SQLite.</summary>
public static class SqliteContract
{
    public sealed class Ownership : OwnershipContract
    {
        protected override Task<StoreDatabase> CreateDatabaseAsync() => SqliteDatabase.CreateAsync();
    }
}
