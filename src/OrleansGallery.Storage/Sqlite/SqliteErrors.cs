using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansGallery.Storage;

/// <summary>The one table from SQLite's errors to the store's.</summary>
internal static class SqliteErrors
{
    // The file of the WAL's index could not grow; SQLite calls that an I/O error.
    private const int NoRoomForIndex = raw.SQLITE_IOERR | (19 << 8);

    /// <summary>Whether the data of a write were refused.</summary>
    public static bool IsDataError(SqliteException cause) =>
        cause.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG;

    /// <summary>What an error means for the store's caller.</summary>
    /// <param name="cause">SQLite's error.</param>
    /// <param name="file">The store's file.</param>
    /// <param name="committing">Whether a commit had begun: all but a full disk may have come after it.</param>
    /// <returns>The exception.</returns>
    public static StoreAwayException Of(SqliteException cause, string file, bool committing = false) => cause switch
    {
        { SqliteErrorCode: raw.SQLITE_FULL } or { SqliteExtendedErrorCode: NoRoomForIndex } => new(
            StoreAwayReason.Full, $"There is no room on the disk of '{file}'. {cause.Message}", cause),
        { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => new(
            StoreAwayReason.Damaged, $"'{file}' is damaged. {cause.Message}", cause) { IsOutcomeUnknown = committing },
        { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => new(
            StoreAwayReason.Failing, $"'{file}' is locked by another program. {cause.Message}", cause)
        {
            IsOutcomeUnknown = committing,
        },
        _ => new(StoreAwayReason.Failing, $"'{file}' cannot be used now. {cause.Message}", cause)
        {
            IsOutcomeUnknown = committing,
        },
    };
}
