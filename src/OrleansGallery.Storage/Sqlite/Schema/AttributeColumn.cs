namespace OrleansGallery.Storage;

/// <summary>Version 10: identities' attributes, an object of JSON. Behind the centroid, so that no row needs to be
/// rewritten; a commit that does not change them sends nothing of them.</summary>
internal static class AttributeColumn
{
    public const string Text = "ALTER TABLE identities ADD COLUMN attributes TEXT;";
}
