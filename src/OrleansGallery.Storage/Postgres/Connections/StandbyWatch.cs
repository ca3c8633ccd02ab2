using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// Hears that a transaction was committed here and may not be on the standby that was to have it too: a server that is
/// told to end a statement which waits for its standby answers as if all were well, with a warning.
/// </summary>
internal sealed class StandbyWatch : IDisposable
{
    private const string Warning = "WARNING";
    private const string PlainWarning = "01000";

    private readonly NpgsqlConnection _connection;
    private PostgresNotice? _heard;

    public StandbyWatch(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notice += OnNotice;
    }

    /// <summary>To be called once the answer is at its end.</summary>
    /// <exception cref="StoreAwayException">Whether the transaction lasts is not known. It is not repeated: a second
    /// try that finds everything done has nothing to wait for, and would be taken for a confirmation.</exception>
    public void Require()
    {
        if (_heard is { } notice)
        {
            throw new StoreAwayException(
                StoreAwayReason.Unreachable, $"The standby has not confirmed the commit. PostgreSQL says: "
                + notice.MessageText)
            {
                IsOutcomeUnknown = true,
            };
        }
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Notice -= OnNotice;

    // No statement of the store warns of anything else; the text is in the server's language.
    private void OnNotice(object sender, NpgsqlNoticeEventArgs told)
    {
        if (told.Notice.InvariantSeverity == Warning
            && told.Notice.SqlState is PlainWarning or PostgresErrorCodes.AdminShutdown)
        {
            _heard = told.Notice;
        }
    }
}
