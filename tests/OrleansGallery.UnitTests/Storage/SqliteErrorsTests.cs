using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;
using SQLitePCL;

namespace OrleansGallery.UnitTests;

public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL, 0, typeof(StoreFullException), false)]
    [InlineData(raw.SQLITE_IOERR, 4874, typeof(StoreFullException), false)]
    [InlineData(raw.SQLITE_IOERR, 778, typeof(StoreUnavailableException), true)]
    [InlineData(raw.SQLITE_READONLY, 0, typeof(StoreUnavailableException), true)]
    [InlineData(raw.SQLITE_CANTOPEN, 0, typeof(StoreUnavailableException), true)]
    [InlineData(raw.SQLITE_BUSY, 0, typeof(StoreUnavailableException), true)]
    [InlineData(raw.SQLITE_CORRUPT, 0, typeof(StoreDamagedException), true)]
    [InlineData(raw.SQLITE_NOTADB, 0, typeof(StoreDamagedException), true)]
    public void Of_AStorageFailure_HasItsKindAndSaysWhetherItMayHaveHappened(
        int code, int extended, Type expected, bool unknownAtCommit)
    {
        SqliteException cause = new("It failed.", code, extended);

        StoreException atCommit = SqliteErrors.Of(cause, "gallery.db", committing: true)!;

        Assert.IsType(expected, atCommit);
        Assert.Equal(unknownAtCommit, atCommit.IsOutcomeUnknown);
        Assert.Same(cause, atCommit.InnerException);
        Assert.False(SqliteErrors.Of(cause, "gallery.db")!.IsOutcomeUnknown);
    }

    [Theory]
    [InlineData(raw.SQLITE_ERROR)]
    [InlineData(raw.SQLITE_MISUSE)]
    [InlineData(raw.SQLITE_CONSTRAINT)]
    public void Of_AnotherError_IsNoFailureOfTheStorage(int code) =>
        Assert.Null(SqliteErrors.Of(new SqliteException("It failed.", code, code), "gallery.db"));
}
