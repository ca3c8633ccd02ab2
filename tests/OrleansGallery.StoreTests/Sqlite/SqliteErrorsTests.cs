using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;
using SQLitePCL;

namespace OrleansGallery.StoreTests;

public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL, 0, StoreAwayReason.Full, false)]
    [InlineData(raw.SQLITE_IOERR, 4874, StoreAwayReason.Full, false)]
    [InlineData(raw.SQLITE_IOERR, 778, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_READONLY, 0, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_CANTOPEN, 0, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_BUSY, 0, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_LOCKED, 0, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_CORRUPT, 0, StoreAwayReason.Damaged, true)]
    [InlineData(raw.SQLITE_NOTADB, 0, StoreAwayReason.Damaged, true)]
    [InlineData(raw.SQLITE_ERROR, 0, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_MISUSE, 0, StoreAwayReason.Failing, true)]
    [InlineData(raw.SQLITE_CONSTRAINT, 0, StoreAwayReason.Failing, true)]
    public void Of_AnyError_HasItsReasonAndSaysWhetherItMayHaveHappened(
        int code, int extended, StoreAwayReason expected, bool unknownAtCommit)
    {
        SqliteException cause = new("It failed.", code, extended);

        StoreAwayException atCommit = SqliteErrors.Of(cause, "gallery.db", committing: true);

        Assert.Equal(expected, atCommit.Reason);
        Assert.Equal(unknownAtCommit, atCommit.IsOutcomeUnknown);
        Assert.Same(cause, atCommit.InnerException);
        Assert.Contains("gallery.db", atCommit.Message, StringComparison.Ordinal);
        Assert.False(SqliteErrors.Of(cause, "gallery.db").IsOutcomeUnknown);
    }

    [Theory]
    [InlineData(raw.SQLITE_CONSTRAINT, true)]
    [InlineData(raw.SQLITE_MISMATCH, true)]
    [InlineData(raw.SQLITE_TOOBIG, true)]
    [InlineData(raw.SQLITE_FULL, false)]
    [InlineData(raw.SQLITE_ERROR, false)]
    public void IsDataError_OfEachKind_IsWhatTheDataAreToBlameFor(int code, bool expected) =>
        Assert.Equal(expected, SqliteErrors.IsDataError(new SqliteException("It failed.", code, code)));
}
