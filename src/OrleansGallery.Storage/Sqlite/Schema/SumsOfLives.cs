namespace OrleansGallery.Storage;

/// <summary>
/// Version 5: a deletion leaves the identity's sums to the purge, as it does its images. Each says of which life it is,
/// by the version at which that was born, and each identity which of them are its own. What older versions wrote says 0
/// on both sides, so that no row needs to be rewritten.
/// </summary>
internal static class SumsOfLives
{
    public const string Text = """
        ALTER TABLE facet_sums ADD COLUMN born INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE identities ADD COLUMN sums_born INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE purges ADD COLUMN after_facet TEXT;
        """;
}
