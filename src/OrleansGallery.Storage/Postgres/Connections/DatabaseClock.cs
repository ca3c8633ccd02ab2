using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// The database's clock is the cluster's: heartbeats and leases of all silos are compared with each other, which fails
/// where their clocks differ by more than the time-outs.
/// </summary>
public static class DatabaseClock
{
    /// <summary>By how much a clock may be off.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    // The fastest answer says it best; the first one includes making the connection.
    private const int Samples = 3;

    /// <summary>How far this machine's clock is ahead of the database's.</summary>
    /// <param name="source">The database.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// The difference, right to half of the time that an answer takes; negative: this clock is behind.
    /// </returns>
    public static async Task<TimeSpan> MeasureOffsetAsync(
        NpgsqlDataSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        TimeSpan fastest = TimeSpan.MaxValue;
        TimeSpan offset = default;
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand command = new("SELECT clock_timestamp()", connection);
        for (int sample = 0; sample < Samples; sample++)
        {
            DateTimeOffset asked = time.GetUtcNow();
            long start = time.GetTimestamp();
            DateTime answer = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
            TimeSpan took = time.GetElapsedTime(start);
            if (took < fastest)
            {
                fastest = took;
                offset = asked + (took / 2) - answer;
            }
        }

        return offset;
    }

    /// <summary>Refuses to start on a machine whose clock is off.</summary>
    /// <param name="source">The database.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When the clock is known to be right.</returns>
    /// <exception cref="ClockOffsetException">It is off by more than <see cref="Tolerance"/>.</exception>
    public static async Task CheckAsync(
        NpgsqlDataSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        if (FindRefusal(await MeasureOffsetAsync(source, time, cancellationToken)) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Why a cluster does not work with a clock that is off.</summary>
    /// <param name="offset">How far it is ahead; negative: behind.</param>
    /// <returns>The refusal; null: it does.</returns>
    public static ClockOffsetException? FindRefusal(TimeSpan offset) =>
        offset.Duration() > Tolerance ? new ClockOffsetException(offset, Tolerance) : null;
}
