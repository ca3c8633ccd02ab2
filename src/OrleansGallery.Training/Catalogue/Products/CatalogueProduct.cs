namespace OrleansGallery.Training;

/// <summary>What one product of a <see cref="Catalogue"/> looks like.</summary>
public sealed record CatalogueProduct
{
    /// <summary>The product's identity: its number with at least three digits, as <c>product-007</c>.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The family, for example <c>family-03</c>, or null: the four members of a family share shape, proportions and
    /// colours and differ only in label and texture.
    /// </summary>
    public string? Family { get; init; }

    /// <summary>The silhouette.</summary>
    public required ProductShape Shape { get; init; }

    /// <summary>The silhouette's proportions.</summary>
    public required ProductProportions Proportions { get; init; }

    /// <summary>The colours.</summary>
    public required ProductColours Colours { get; init; }

    /// <summary>The body's texture.</summary>
    public required ProductTexture Texture { get; init; }

    /// <summary>The label.</summary>
    public required ProductLabel Label { get; init; }
}
