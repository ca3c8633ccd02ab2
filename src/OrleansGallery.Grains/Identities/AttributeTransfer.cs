using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What a transfer makes of both identities' attributes. An identity that gives all its images gives its
/// attributes with them: the other gets those whose keys it lacks, and keeps its own. Of one that keeps images only
/// what an undone operation had brought goes back, where its text is still that.</summary>
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
        KeyValuePair<string, string>[] from = [.. source.Attributes.Pairs];
        KeyValuePair<string, string>[] leaving = Array.FindAll(
            from, one => sourceEnds || order.GivenAttributes.Have(one));
        KeyValuePair<string, string>[] going = Array.FindAll(
            from, one => leaving.Contains(one) || order.SharedAttributes.Have(one));
        Target = AttributeRules.RequireRoom(target.IdentityId, target.Attributes.With(
            going.Where(one => target.Attributes.Find(one.Key) is null)!));
        Source = source.Attributes.With(leaving.Select(one => KeyValuePair.Create(one.Key, (string?)null)));
        KeyValuePair<string, string>[] given = Array.FindAll(
            leaving, one => target.Attributes.Find(one.Key) is null);
        Given = AttributeMarks.Write(order.Request.OperationId, given);
        Shared = AttributeMarks.Write(
            order.Request.OperationId, going.Except(given).Where(one => Target.Find(one.Key) == one.Value));
    }

    /// <summary>The attributes of the identity that gives, afterwards.</summary>
    public AttributeSet Source { get; }

    /// <summary>Those of the identity that gets.</summary>
    public AttributeSet Target { get; }

    /// <summary>What the target got and the source lost, as <see cref="AttributeMarks"/>; null: none.</summary>
    public string? Given { get; }

    /// <summary>What both have, or had, with the same text; likewise.</summary>
    public string? Shared { get; }
}
