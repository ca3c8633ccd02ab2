using System.Globalization;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>The store's connections: apart by purpose, so that no work can take another's.</summary>
internal sealed class PostgresConnections : IDisposable
{
    private const int SecondsBetweenKeepAlives = 10;

    // A commit is megabytes, a partition many more: fewer calls of the system carry them.
    private const int BufferSize = 64 * 1024;

    // The server ends a statement first, which is an answer; the client only breaks off.
    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(2);

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connectionString">The database; what is set here for the store wins over what it says.</param>
    /// <param name="options">Sizes and times.</param>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    public PostgresConnections(string connectionString, PostgresStoreOptions options)
    {
        Writes = Create(connectionString, options, "writes", options.MaxWriteConnections, options.CommandTimeout);
        Reads = Create(connectionString, options, "reads", options.MaxReadConnections, options.CommandTimeout);

        // A load lasts as long as its reader takes: only each answer within it has a limit, the client's.
        Loads = Create(connectionString, options, "loads", options.MaxLoadConnections, TimeSpan.Zero);
        Audits = Create(connectionString, options, "audits", options.MaxAuditConnections, TimeSpan.Zero);
    }

    /// <summary>Commits, ownership, other writes.</summary>
    public NpgsqlDataSource Writes { get; }

    /// <summary>Short reads.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>Reads that stream a partition.</summary>
    public NpgsqlDataSource Loads { get; }

    /// <summary>Reads of everything that a partition holds, which nobody waits for.</summary>
    public NpgsqlDataSource Audits { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Writes.Dispose();
        Reads.Dispose();
        Loads.Dispose();
        Audits.Dispose();
    }

    private static NpgsqlDataSource Create(
        string connectionString, PostgresStoreOptions options, string purpose, int connections, TimeSpan statementLimit)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString)
        {
            ApplicationName = $"gallery {purpose}",
            MaxPoolSize = connections,
            MinPoolSize = 0,
            Timeout = Seconds(options.ConnectTimeout),
            CommandTimeout = Seconds(options.CommandTimeout + AnswerMargin),
            CancellationTimeout = (int)AnswerMargin.TotalMilliseconds / 2,
            KeepAlive = SecondsBetweenKeepAlives,
            Multiplexing = false,
            Enlist = false,

            // No statement leaves anything in its session but a transaction, which ends with the connection's use.
            NoResetOnClose = true,
            ReadBufferSize = BufferSize,
            WriteBufferSize = BufferSize,
        };
        settings.Options = string.Join(' ', [settings.Options ?? string.Empty, .. Session(statementLimit)]).Trim();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    // The server's side of a connection. No statement here is better off with a table read from end to end, least of
    // all one that was planned while the tables were small. A process that is gone without a word must not hold a
    // partition's row for the two hours that TCP takes by itself to notice.
    private static IEnumerable<string> Session(TimeSpan statementLimit) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"-c statement_timeout={(long)statementLimit.TotalMilliseconds}"),
        "-c idle_in_transaction_session_timeout=60000",
        "-c tcp_keepalives_idle=10",
        "-c tcp_keepalives_interval=5",
        "-c tcp_keepalives_count=3",
        "-c enable_seqscan=off",
        "-c jit=off",
    ];

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
