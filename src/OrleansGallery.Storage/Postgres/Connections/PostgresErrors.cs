using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// The one table from the driver's errors to the store's. What the server refuses for any reason but the data, a
/// missing table or right included, is an operator's to mend and counts as <see cref="StoreAwayReason.Failing"/>.
/// </summary>
internal static class PostgresErrors
{
    // Raised by none_erased.
    private const string Erased = "OGERA";

    /// <summary>Whether an exception is the driver's, or of the network under it.</summary>
    public static bool IsDrivers(Exception exception) => exception switch
    {
        StoreAwayException => false,
        NpgsqlException or IOException or SocketException or TimeoutException or AuthenticationException => true,
        EncoderFallbackException => true,
        _ => false,
    };

    /// <summary>What an error means for the store's caller.</summary>
    /// <param name="cause">The driver's error.</param>
    /// <param name="sent">Whether a write was on its way, so that it may have happened if no answer came.</param>
    /// <returns>A <see cref="StoreDataException"/> or a <see cref="StoreAwayException"/>.</returns>
    public static Exception Of(Exception cause, bool sent) => cause switch
    {
        PostgresException { SqlState: ['2', '2' or '3', ..] } refused => new StoreDataException(
            $"The store refused the data: {refused.MessageText} (SQLSTATE {refused.SqlState}).", cause),
        PostgresException { SqlState: Erased } refused => new StoreDataException(refused.MessageText + ".", cause)
        {
            IsErased = true,
        },
        EncoderFallbackException => new StoreDataException("An id is no valid UTF-16 text.", cause),
        PostgresException answer => new StoreAwayException(
            ReasonOf(answer.SqlState), $"PostgreSQL says: {answer.MessageText} (SQLSTATE {answer.SqlState}).", cause)
        {
            IsOutcomeUnknown = sent && !IsAnswer(answer),
            IsBusy = answer.SqlState == PostgresErrorCodes.LockNotAvailable,
        },
        _ => new StoreAwayException(
            StoreAwayReason.Unreachable, $"PostgreSQL cannot be reached now. {cause.Message}", cause)
        {
            IsOutcomeUnknown = sent,
        },
    };

    // An error ends its transaction, so nothing was written. What ends the connection may come after a commit.
    private static bool IsAnswer(PostgresException answer) => answer.InvariantSeverity == "ERROR";

    private static StoreAwayReason ReasonOf(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => StoreAwayReason.Full,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StoreAwayReason.Damaged,
        PostgresErrorCodes.LockNotAvailable => StoreAwayReason.Unreachable,

        // Connections, roll-backs for want of another order, resources, an operator's intervention.
        ['0', '8', ..] or ['4', '0', ..] or ['5', '3', ..] or ['5', '7', ..] => StoreAwayReason.Unreachable,
        _ => StoreAwayReason.Failing,
    };
}
