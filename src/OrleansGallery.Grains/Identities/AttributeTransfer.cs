using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What a transfer makes of both identities' attributes. An identity that gives all its images gives its
/// attributes with them: the other gets those whose keys it lacks, and keeps its own. Of one that keeps images only
/// what an undone operation had brought goes back, where its text is still that. What the service wrote of an observed
/// identity goes nowhere: images of one that somebody named confirm the one that gets them, and undoing restores it.
/// </summary>
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
        AttributeSet given = source.Attributes.WithoutReserved();
        KeyValuePair<string, string>[] from = [.. given.Pairs];
        KeyValuePair<string, string>[] leaving = Array.FindAll(
            from, one => sourceEnds || order.GivenAttributes.Have(one));
        KeyValuePair<string, string>[] going = Array.FindAll(
            from, one => leaving.Contains(one) || order.SharedAttributes.Have(one));
        bool confirms = order.UndoneId is null && StateOf(source) is null && StateOf(target) is not null;
        AttributeSet own = confirms ? target.Attributes.WithoutReserved()
            : order.UndoneId is null ? ObservedState.SeenLater(target.Attributes, source.Attributes)
            : target.Attributes;
        AttributeSet restored = target.Centroid.Count > 0
            ? own
            : own.With(ObservedState.Read(order.EndedState, order.At));
        Target = AttributeRules.RequireRoom(target.IdentityId, restored.With(
            going.Where(one => target.Attributes.Find(one.Key) is null)!));
        Source = source.Attributes.With(
        [
            .. leaving.Select(one => KeyValuePair.Create(one.Key, (string?)null)),
            // Somebody may have named it since.
            .. sourceEnds || StateOf(source) is not null || source.Version != order.ClearedVersion
                ? []
                : ObservedState.Read(order.ClearedState, order.At),
        ]);
        KeyValuePair<string, string>[] got = Array.FindAll(
            leaving, one => target.Attributes.Find(one.Key) is null);
        Given = AttributeMarks.Write(order.Request.OperationId, got);
        Shared = AttributeMarks.Write(
            order.Request.OperationId, going.Except(got).Where(one => Target.Find(one.Key) == one.Value));
        EndedState = sourceEnds ? ObservedState.Write(source.Attributes) : null;
        ClearedState = confirms ? ObservedState.Write(target.Attributes) : null;
    }

    /// <summary>The attributes of the identity that gives, afterwards.</summary>
    public AttributeSet Source { get; }

    /// <summary>Those of the identity that gets.</summary>
    public AttributeSet Target { get; }

    /// <summary>What the target got and the source lost, as <see cref="AttributeMarks"/>; null: none.</summary>
    public string? Given { get; }

    /// <summary>What both have, or had, with the same text; likewise.</summary>
    public string? Shared { get; }

    /// <summary>What an identity that ended was, as <see cref="ObservedState"/>; null: one as any other.</summary>
    public string? EndedState { get; }

    /// <summary>What an identity was that is confirmed now; likewise.</summary>
    public string? ClearedState { get; }

    private static string? StateOf(IdentityState identity) => identity.Attributes.Find(ReservedAttributes.State);
}
