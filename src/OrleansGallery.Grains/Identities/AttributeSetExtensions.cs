using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Attributes apart: what callers write, and <see cref="ReservedAttributes"/>.</summary>
internal static class AttributeSetExtensions
{
    /// <summary>What callers wrote.</summary>
    public static AttributeSet WithoutReserved(this AttributeSet attributes) => attributes.Only(isReserved: false);

    /// <summary>What the service wrote.</summary>
    public static AttributeSet OnlyReserved(this AttributeSet attributes) => attributes.Only(isReserved: true);

    /// <summary>Whether it is of an identity of which it could not be decided whose images it holds.</summary>
    public static bool AreAmbiguous(this AttributeSet attributes) =>
        attributes.Find(ReservedAttributes.State) == ReservedAttributes.Ambiguous;

    private static AttributeSet Only(this AttributeSet attributes, bool isReserved) => attributes.With(
        attributes.Pairs.Where(pair => ReservedAttributes.Have(pair.Key) != isReserved)
            .Select(pair => KeyValuePair.Create(pair.Key, (string?)null)));
}
