namespace OrleansGallery.Drawing;

/// <summary>
/// Draws the products of a catalogue from its seed, in blocks of eight: a family of four, then four free ones.
/// </summary>
internal static class ProductDesigner
{
    private const int Block = 8;
    private const int FamilySize = 4;

    public static CatalogueProduct[] Design(long seed, int count)
    {
        HashSet<string> labels = new(StringComparer.Ordinal);
        CatalogueProduct[] products = new CatalogueProduct[count];
        for (int i = 0; i < count; i++)
        {
            int first = i - (i % Block);
            bool inFamily = i - first < FamilySize && first + FamilySize <= count;
            products[i] = inFamily ? Member(seed, i, i - first, labels) : Free(seed, i, labels);
        }

        return products;
    }

    private static CatalogueProduct Member(long seed, int number, int place, HashSet<string> labels)
    {
        int family = number / Block;
        KeyedRandom shared = KeyedRandom.For(seed, RandomPurpose.Family, family);
        CatalogueProduct basis = Draw(shared, number, labels: null);
        // Distinct within the family by construction: each member takes another place of the same shuffled kinds.
        TextureKind texture = shared.Shuffled<TextureKind>()[place];
        EmblemKind emblem = shared.Shuffled<EmblemKind>()[place];
        PlateKind plate = shared.Shuffled<PlateKind>()[place];
        KeyedRandom own = KeyedRandom.For(seed, RandomPurpose.Label, number);
        return basis with
        {
            Family = FormattableString.Invariant($"family-{family:D2}"),
            Texture = ProductTexture.Draw(own, texture),
            Label = ProductLabel.Draw(own, plate, emblem, labels),
        };
    }

    private static CatalogueProduct Free(long seed, int number, HashSet<string> labels)
        => Draw(KeyedRandom.For(seed, RandomPurpose.Product, number), number, labels);

    private static CatalogueProduct Draw(KeyedRandom random, int number, HashSet<string>? labels)
        // Arguments are drawn in this order: it is part of the look.
        => new(
            FormattableString.Invariant($"product-{number:D3}"),
            random.Shuffled<ProductShape>()[0],
            ProductProportions.Draw(random),
            ProductColours.Draw(random),
            ProductTexture.Draw(random, random.Shuffled<TextureKind>()[0]),
            ProductLabel.Draw(
                random, random.Shuffled<PlateKind>()[0], random.Shuffled<EmblemKind>()[0], labels ?? []));
}
