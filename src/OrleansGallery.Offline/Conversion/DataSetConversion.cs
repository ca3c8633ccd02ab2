namespace OrleansGallery.Offline;

/// <summary>Converts a published data set from its download's own layout to what the loaders read. Nothing is
/// downloaded.</summary>
public static class DataSetConversion
{
    /// <summary>Whether images are cut and made anew; otherwise they are used where they are.</summary>
    /// <param name="set">The data set.</param>
    /// <returns>True for those with boxes.</returns>
    public static bool MakesImages(PublishedDataSet set) =>
        set is PublishedDataSet.DeepFashion or PublishedDataSet.Street2Shop;

    /// <summary>Converts, or goes on with a conversion that was interrupted.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="root">The download's folder.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it; run again, it goes on.</param>
    /// <returns>What there is now.</returns>
    /// <exception cref="InvalidDataException">Annotations are malformed, too many images cannot be read, or the folder
    /// holds something else.</exception>
    /// <exception cref="IOException">Something is missing, or a file cannot be written.</exception>
    public static ConversionResult Run(
        PublishedDataSet set, string root, ConversionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return !Directory.Exists(root)
            ? throw new DirectoryNotFoundException($"There is no folder '{root}'.")
            : set switch
            {
                PublishedDataSet.Market1501 => ReIdConversion.Market1501(root, options, cancellationToken),
                PublishedDataSet.DukeMtmc => ReIdConversion.DukeMtmc(root, options, cancellationToken),
                PublishedDataSet.DeepFashion => PictureConversion.Run(
                    DeepFashion.Plan(root, options), options, cancellationToken),
                PublishedDataSet.Street2Shop => PictureConversion.Run(
                    Street2Shop.Plan(root, options), options, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(set), set, "Unknown data set."),
            };
    }
}
