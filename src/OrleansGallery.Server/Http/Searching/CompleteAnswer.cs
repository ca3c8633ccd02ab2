using System.Globalization;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>The rule for those who take a full answer or none.</summary>
internal static class CompleteAnswer
{
    /// <summary>Refuses an answer that is not of all partitions, or not of the last rows.</summary>
    public static void Require(SearchAnswer answer, TimeSpan deadline)
    {
        if (answer.Missing.Count > 0)
        {
            throw new IncompleteSearchException(string.Create(
                CultureInfo.InvariantCulture,
                $"{answer.Answered} of {answer.Asked} partitions answered within {deadline.TotalSeconds} s "
                + $"({ServerOptions.Section}:{nameof(ServerOptions.SearchDeadline)}, or the request's "
                + $"{DeadlineGuard.Parameter}); missing: {string.Join(", ", answer.Missing)}."));
        }

        if (!answer.IsConfirmed)
        {
            throw new UnconfirmedSearchException(
                "The store has not confirmed within the last seconds that the rows compared are the last; send the "
                + "search again, or without requireComplete.");
        }
    }
}
