using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What a transfer makes of both identities' attributes. An identity that gives all its images gives its
/// attributes with them: the other gets those whose keys it lacks, and keeps its own. Of one that keeps images only
/// what an undone operation had brought goes back.</summary>
internal sealed class AttributeTransfer
{
    /// <summary>Plans it.</summary>
    /// <param name="source">The identity that gives.</param>
    /// <param name="target">The identity that gets.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="sourceEnds">Whether the source gives all its images.</param>
    /// <exception cref="InvalidRequestException">The target would have too many.</exception>
    public AttributeTransfer(IdentityState source, IdentityState target, TransferOrder order, bool sourceEnds)
    {
        AttributeSet from = source.Attributes;
        string[] leaving = [.. from.Pairs.Select(pair => pair.Key).Where(
            key => sourceEnds || order.GivenAttributes.Contains(key, StringComparer.Ordinal))];
        string[] going = [.. from.Pairs.Select(pair => pair.Key).Where(
            key => leaving.Contains(key, StringComparer.Ordinal)
                || order.SharedAttributes.Contains(key, StringComparer.Ordinal))];
        Target = AttributeRules.RequireRoom(target.IdentityId, target.Attributes.With(
            going.Where(key => target.Attributes.Find(key) is null)
                .Select(key => KeyValuePair.Create(key, from.Find(key)))));
        Source = from.With(leaving.Select(key => KeyValuePair.Create(key, (string?)null)));
        string[] given = [.. leaving.Where(key => target.Attributes.Find(key) is null)];
        Given = Lines(given);
        Shared = Lines([
            .. going.Except(given, StringComparer.Ordinal).Where(key => Target.Find(key) == from.Find(key)),
        ]);
    }

    /// <summary>The attributes of the identity that gives, afterwards.</summary>
    public AttributeSet Source { get; }

    /// <summary>Those of the identity that gets.</summary>
    public AttributeSet Target { get; }

    /// <summary>Keys that the target got and the source lost, one a line; null: none.</summary>
    public string? Given { get; }

    /// <summary>Keys of which both have, or had, the same text; likewise.</summary>
    public string? Shared { get; }

    // No key has a line's end in it.
    private static string? Lines(string[] keys) => keys.Length == 0 ? null : string.Join('\n', keys);
}
