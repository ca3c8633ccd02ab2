using System.Globalization;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What may be asked of merge suggestions.</summary>
internal static class SuggestionOrders
{
    /// <summary>Refuses an order that is none.</summary>
    public static void Check(SuggestionOrder order)
    {
        CheckScore(order.MinScore);
        if (order.Pairs is < 1 or > SuggestionOrder.MaxPairs)
        {
            throw new InvalidRequestException(
                $"pairs is {order.Pairs}; a whole number from 1 to {SuggestionOrder.MaxPairs} is taken.");
        }
    }

    /// <summary>Refuses a score that is none.</summary>
    public static void CheckScore(double? minScore)
    {
        if (minScore is { } score && !(Math.Abs(score) <= 1))
        {
            throw new InvalidRequestException(string.Create(
                CultureInfo.InvariantCulture, $"minScore is {score}; a score is -1 to 1."));
        }
    }

    /// <summary>Whether a search under way is the one that is ordered.</summary>
    /// <param name="running">The search.</param>
    /// <param name="minScore">The lowest score that is ordered; null: any.</param>
    /// <param name="most">How many pairs.</param>
    /// <param name="isFull">Whether all identities are to be searched for.</param>
    public static bool IsOf(RunningSuggestions running, double? minScore, int most, bool isFull) =>
        Nullable.Equals(minScore, running.MinScore) && most == running.Most && (running.IsFull || !isFull);

    /// <summary>Refuses to show pairs that were not looked for.</summary>
    public static void Require(StoredSuggestions? found, double? minScore, string gallery)
    {
        if (found?.MinScore is { } searched && minScore < searched)
        {
            throw new InvalidRequestException(string.Create(
                CultureInfo.InvariantCulture,
                $"Pairs of gallery '{gallery}' were looked for from a score of {searched} on; refresh with a minScore "
                + $"of {minScore} first."));
        }
    }
}
