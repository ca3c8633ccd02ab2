namespace OrleansGallery.Storage;

/// <summary>A cluster's database does not answer, or refuses what it is asked.</summary>
/// <param name="database">Its name and where it is, without a password.</param>
/// <param name="reason">What its driver says.</param>
/// <param name="cause">The driver's exception; null: the database answers well.</param>
public sealed class ClusterDatabaseException(string database, string reason, Exception? cause = null)
    : Exception($"The database {database} cannot be used: {Line(reason, cause)}", cause)
{
    // A failed connection says why in its cause.
    private static string Line(string reason, Exception? cause)
    {
        string inner = cause?.InnerException is { } known && !reason.Contains(known.Message, StringComparison.Ordinal)
            ? $" ({known.Message})" : string.Empty;
        return $"{reason}{inner}".ReplaceLineEndings(" ");
    }
}
