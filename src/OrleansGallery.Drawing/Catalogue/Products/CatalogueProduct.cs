namespace OrleansGallery.Drawing;

/// <summary>What one product of a <see cref="Catalogue"/> looks like.</summary>
public sealed record CatalogueProduct
{
    internal CatalogueProduct(
        string id,
        ProductShape shape,
        ProductProportions proportions,
        ProductColours colours,
        ProductTexture texture,
        ProductLabel label) =>
        (Id, Shape, Proportions, Colours, Texture, Label) = (id, shape, proportions, colours, texture, label);

    /// <summary>The product's identity: its number with at least three digits, as <c>product-007</c>.</summary>
    public string Id { get; }

    /// <summary>
    /// The family, for example <c>family-03</c>, or null: the four members of a family share shape, proportions and
    /// colours and differ only in label and texture.
    /// </summary>
    public string? Family { get; internal init; }

    internal ProductShape Shape { get; init; }

    internal ProductProportions Proportions { get; init; }

    internal ProductColours Colours { get; init; }

    internal ProductTexture Texture { get; init; }

    internal ProductLabel Label { get; init; }
}
